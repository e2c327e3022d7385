//! A freshly made CA, client certificate and key, as `configure` carries them.

use serde_json::json;

use super::books::Books;
use super::error::KitError;
use super::folder::{Kit, KitSettings};
use super::world::{ENVIRONMENT, SampleWorld};
use crate::requirement::Mode;

/// Adds the folder `certificates`. Only the `.pem` files differ from kit to kit.
pub(super) async fn add(kit: &mut Kit, settings: &KitSettings) -> Result<(), KitError> {
    let books = Books::of(settings)?;
    let world = SampleWorld::open(settings, &books, Mode::Api).await?;
    let simulator = &world.simulator;
    let certificate = simulator
        .client_certificate(world.insurer(), ENVIRONMENT)
        .ok_or_else(|| KitError::Own("クライアント証明書がありません".to_owned()))?;
    kit.text("certificates/ca.pem", simulator.authority_pem());
    kit.text("certificates/client.pem", certificate.chain_pem.as_str());
    kit.text("certificates/client-key.pem", certificate.key_pem.as_str());
    let api = settings.profile.api();
    let pmh = simulator.hosts().iter();
    let hosts: Vec<_> = pmh
        .filter(|host| host.environment.is_some())
        .zip(50_443..)
        .map(|(host, port)| {
            json!({
                "role": host.role,
                "environment": host.environment,
                "host": host.host,
                "port": host.port,
                "address": format!("127.0.0.1:{port}"),
            })
        })
        .collect();
    let input = json!({
        "insurer": { "number": world.insurer(), "name": books.ledger.insurer.name },
        "mode": "api",
        "environment": ENVIRONMENT,
        "hosts": hosts,
        "base_path": api.base_path.value,
        "certificate": {
            "chain_pem": "（client.pem の中身）",
            "key_pem": "（client-key.pem の中身）",
            "trusted_ca_pem": "（ca.pem の中身）",
        },
        "key": world.key,
        "notification": {
            "processing_result": "kekka@mihon.example",
            "board_reading": "shinsakai@mihon.example",
        },
        "setup": { "confirmed_date": books.baseline, "service_start_date": null },
        "limits": { "records_per_request": api.records_per_request_max.value },
    });
    kit.json("certificates/configure-input.json", &input)
}
