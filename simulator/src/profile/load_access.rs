//! Reading `access.toml`.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

use super::access::{
    Access, AccessLimits, AccessPolicy, AccessRules, AtLimit, BrowserOnly, Cell, CheckScope,
    DataKind, Entitlements, Held, Job, OfficeDuty, PaperKind, PortalCardGate, Service, ServiceId,
    ViewGate, ViewerRole, Who, WithoutAssent,
};
use super::fault::{ProfileError, ProfileFault};
use super::files::Source;
use super::layout::KindLayout;
use super::load::{Seen, date, positive, word};
use super::settings::Setting;
use super::tables::RawSetting;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AccessTables {
    policy: PolicyTable,
    limits: LimitsTable,
    service: Vec<NamedTable>,
    entitlement: EntitlementTable,
    browser_only: BrowserOnlyTable,
    data: Vec<NamedTable>,
    viewer: Vec<Spanned<ViewerTable>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PolicyTable {
    view_gate: RawSetting<String>,
    consent_for_ungated_kinds: RawSetting<bool>,
    idcheck_scope: RawSetting<String>,
    idcheck_at_limit: RawSetting<String>,
    second_visit_waiver: RawSetting<bool>,
    portal_card_gate: RawSetting<String>,
    plan_request_without_assent: RawSetting<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LimitsTable {
    idcheck_hours: RawSetting<u32>,
    smartphone_reading_from: RawSetting<String>,
    access_minutes: RawSetting<u32>,
    refresh_hours: RawSetting<u32>,
    portal_minutes: RawSetting<u32>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct EntitlementTable {
    take_consent: RawSetting<Vec<Spanned<String>>>,
    submit_plan_request: RawSetting<Vec<Spanned<String>>>,
    submit_preventive_plan_request: RawSetting<Vec<Spanned<String>>>,
    send_opinion: RawSetting<Vec<Spanned<String>>>,
    register_care_plan: RawSetting<Vec<Spanned<String>>>,
    register_life: RawSetting<Vec<Spanned<String>>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct BrowserOnlyTable {
    actions: RawSetting<Vec<Spanned<String>>>,
    data: RawSetting<Vec<Spanned<String>>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NamedTable {
    id: Spanned<String>,
    ja: String,
    standing: Spanned<String>,
    source: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ViewerTable {
    id: Spanned<String>,
    ja: String,
    who: Spanned<String>,
    #[serde(default)]
    services: Vec<Spanned<String>>,
    #[serde(default)]
    jobs: Vec<Spanned<String>>,
    standing: Spanned<String>,
    source: String,
    cells: Spanned<Vec<CellTable>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CellTable {
    data: Spanned<String>,
    access: Spanned<String>,
    standing: Spanned<String>,
    source: String,
}

/// Who looks, with the word the profile uses.
const WHO: &[(&str, Who)] = &[
    ("person", Who::Person),
    ("municipality", Who::Municipality),
    ("office", Who::Office),
    ("institution", Who::Institution),
    ("board_member", Who::BoardMember),
];

const DUTIES: &[(&str, OfficeDuty)] = &[
    ("register_user", OfficeDuty::RegisterUser),
    ("read_card", OfficeDuty::ReadCard),
    ("become_responsible", OfficeDuty::BecomeResponsible),
    ("end_responsibility", OfficeDuty::EndResponsibility),
    ("take_consent", OfficeDuty::TakeConsent),
    ("submit_plan_request", OfficeDuty::SubmitPlanRequest),
    ("send_opinion", OfficeDuty::SendOpinion),
    ("register_care_plan", OfficeDuty::RegisterCarePlan),
    ("register_life", OfficeDuty::RegisterLife),
];

/// Reads who may see what; `kinds` are those of the profile.
pub(super) fn access(
    source: Source<'_>,
    kinds: &[KindLayout],
) -> Result<AccessRules, ProfileError> {
    let tables: AccessTables = source.parse()?;
    let services = services(source, tables.service)?;
    let data = data(source, tables.data, kinds)?;
    let viewers = viewers(source, tables.viewer, &services, &data)?;
    Ok(AccessRules {
        policy: policy(source, tables.policy)?,
        limits: limits(source, tables.limits)?,
        entitlement: entitlements(source, tables.entitlement, &services)?,
        browser_only: browser_only(source, tables.browser_only, &data)?,
        services,
        data,
        viewers,
    })
}

fn policy(source: Source<'_>, table: PolicyTable) -> Result<AccessPolicy, ProfileError> {
    let view_gate = word(
        "view_gate",
        "completion、start",
        &[
            ("completion", ViewGate::Completion),
            ("start", ViewGate::Start),
        ],
    );
    let scope = word(
        "idcheck_scope",
        "card、both",
        &[("card", CheckScope::Card), ("both", CheckScope::Both)],
    );
    let at_limit = word(
        "idcheck_at_limit",
        "expired、valid",
        &[("expired", AtLimit::Expired), ("valid", AtLimit::Valid)],
    );
    let card_gate = word(
        "portal_card_gate",
        "law、gate",
        &[("law", PortalCardGate::Law), ("gate", PortalCardGate::Gate)],
    );
    let without_assent = word(
        "plan_request_without_assent",
        "refuse、accept",
        &[
            ("refuse", WithoutAssent::Refuse),
            ("accept", WithoutAssent::Accept),
        ],
    );
    Ok(AccessPolicy {
        view_gate: source.setting(table.view_gate, view_gate)?,
        consent_for_ungated_kinds: source.setting(table.consent_for_ungated_kinds, Ok)?,
        idcheck_scope: source.setting(table.idcheck_scope, scope)?,
        idcheck_at_limit: source.setting(table.idcheck_at_limit, at_limit)?,
        second_visit_waiver: source.setting(table.second_visit_waiver, Ok)?,
        portal_card_gate: source.setting(table.portal_card_gate, card_gate)?,
        plan_request_without_assent: source
            .setting(table.plan_request_without_assent, without_assent)?,
    })
}

fn limits(source: Source<'_>, table: LimitsTable) -> Result<AccessLimits, ProfileError> {
    Ok(AccessLimits {
        idcheck_hours: source.setting(table.idcheck_hours, positive)?,
        smartphone_reading_from: source.setting(table.smartphone_reading_from, date)?,
        access_minutes: source.setting(table.access_minutes, positive)?,
        refresh_hours: source.setting(table.refresh_hours, positive)?,
        portal_minutes: source.setting(table.portal_minutes, positive)?,
    })
}

fn services(source: Source<'_>, tables: Vec<NamedTable>) -> Result<Vec<Service>, ProfileError> {
    let mut seen = Seen::default();
    let mut services = Vec::with_capacity(tables.len());
    for table in tables {
        seen.insert(source, "事業所の種類", &table.id)?;
        services.push(Service {
            standing: source.standing(&table.standing)?,
            id: table.id.into_inner(),
            ja: table.ja,
            source: table.source,
        });
    }
    Ok(services)
}

fn service_ids(
    source: Source<'_>,
    services: &[Service],
    names: &[Spanned<String>],
) -> Result<Vec<ServiceId>, ProfileError> {
    names
        .iter()
        .map(|name| {
            (0..=u8::MAX)
                .zip(services)
                .find(|(_, service)| service.id == *name.get_ref())
                .map(|(at, _)| ServiceId(at))
                .ok_or_else(|| unknown(source, "事業所の種類（service）", name))
        })
        .collect()
}

fn unknown(source: Source<'_>, what: &'static str, name: &Spanned<String>) -> ProfileError {
    let name_text = name.get_ref().clone();
    let fault = ProfileFault::UnknownName {
        what,
        name: name_text,
    };
    source.error(name.span(), fault)
}

fn entitlements(
    source: Source<'_>,
    table: EntitlementTable,
    services: &[Service],
) -> Result<Entitlements, ProfileError> {
    let ids = |raw: RawSetting<Vec<Spanned<String>>>| {
        let value = service_ids(source, services, raw.value.get_ref())?;
        Ok(Setting {
            value,
            standing: source.standing(&raw.standing)?,
            source: raw.source,
        })
    };
    Ok(Entitlements {
        take_consent: ids(table.take_consent)?,
        submit_plan_request: ids(table.submit_plan_request)?,
        submit_preventive_plan_request: ids(table.submit_preventive_plan_request)?,
        send_opinion: ids(table.send_opinion)?,
        register_care_plan: ids(table.register_care_plan)?,
        register_life: ids(table.register_life)?,
    })
}

fn browser_only(
    source: Source<'_>,
    table: BrowserOnlyTable,
    data: &[DataKind],
) -> Result<BrowserOnly, ProfileError> {
    let mut actions = Vec::new();
    for name in table.actions.value.get_ref() {
        let duty = DUTIES.iter().find(|(word, _)| word == name.get_ref());
        let (_, duty) = duty.ok_or_else(|| unknown(source, "事業所の操作", name))?;
        actions.push(*duty);
    }
    let mut kinds = Vec::new();
    for name in table.data.value.get_ref() {
        if !data.iter().any(|kind| kind.id == *name.get_ref()) {
            return Err(unknown(source, "閲覧の対象（data）", name));
        }
        kinds.push(name.get_ref().clone());
    }
    Ok(BrowserOnly {
        actions: Setting {
            value: actions,
            standing: source.standing(&table.actions.standing)?,
            source: table.actions.source,
        },
        data: Setting {
            value: kinds,
            standing: source.standing(&table.data.standing)?,
            source: table.data.source,
        },
    })
}

fn data(
    source: Source<'_>,
    tables: Vec<NamedTable>,
    kinds: &[KindLayout],
) -> Result<Vec<DataKind>, ProfileError> {
    let mut seen = Seen::default();
    let mut data = Vec::with_capacity(tables.len());
    for table in tables {
        seen.insert(source, "閲覧の対象", &table.id)?;
        let held = match table.id.get_ref().as_str() {
            "carePlan" => Held::Paper(PaperKind::CarePlan),
            "lifeData" => Held::Paper(PaperKind::LifeData),
            // The person's record carries the 個人番号 and is shown to nobody.
            "person" => return Err(unknown(source, "閲覧できるデータ種別", &table.id)),
            id => kinds
                .iter()
                .find(|layout| layout.id() == id && layout.direction().is_sent())
                .map(|layout| Held::Record(layout.kind()))
                .ok_or_else(|| unknown(source, "閲覧できるデータ種別", &table.id))?,
        };
        data.push(DataKind {
            standing: source.standing(&table.standing)?,
            id: table.id.into_inner(),
            ja: table.ja,
            held,
            source: table.source,
        });
    }
    Ok(data)
}

fn viewers(
    source: Source<'_>,
    tables: Vec<Spanned<ViewerTable>>,
    services: &[Service],
    data: &[DataKind],
) -> Result<Vec<ViewerRole>, ProfileError> {
    let mut seen = Seen::default();
    let mut viewers: Vec<ViewerRole> = Vec::with_capacity(tables.len());
    for table in tables {
        let span = table.span();
        let table = table.into_inner();
        seen.insert(source, "閲覧者", &table.id)?;
        let role = viewer(source, table, services, data)?;
        let is_office = role.who == Who::Office;
        if !is_office && viewers.iter().any(|other| other.who == role.who) {
            let fault = ProfileFault::ViewerTwice { viewer: role.id };
            return Err(source.error(span, fault));
        }
        let named = [role.services.is_empty(), role.jobs.is_empty()].map(|none| !none);
        if named != [is_office; 2] {
            let fault = ProfileFault::ViewerOffice { viewer: role.id };
            return Err(source.error(span, fault));
        }
        viewers.push(role);
    }
    for (name, who) in WHO {
        if !viewers.iter().any(|role| role.who == *who) {
            let fault = ProfileFault::ViewerMissing { who: name };
            return Err(source.error(0..0, fault));
        }
    }
    Ok(viewers)
}

fn viewer(
    source: Source<'_>,
    table: ViewerTable,
    services: &[Service],
    data: &[DataKind],
) -> Result<ViewerRole, ProfileError> {
    let allowed = "person、municipality、office、institution、board_member";
    let who_span = table.who.span();
    let who = word("who（閲覧者）", allowed, WHO)(table.who.into_inner())
        .map_err(|fault| source.error(who_span, fault))?;
    let mut jobs = Vec::with_capacity(table.jobs.len());
    for name in &table.jobs {
        let job = Job::from_word(name.get_ref());
        jobs.push(job.ok_or_else(|| unknown(source, "職種（jobs）", name))?);
    }
    Ok(ViewerRole {
        cells: cells(source, &table.id, table.cells, data)?,
        id: table.id.into_inner(),
        ja: table.ja,
        who,
        services: service_ids(source, services, &table.services)?,
        jobs,
        standing: source.standing(&table.standing)?,
        source: table.source,
    })
}

/// The cells in the order of the data; every one must be there, once.
fn cells(
    source: Source<'_>,
    viewer: &Spanned<String>,
    tables: Spanned<Vec<CellTable>>,
    data: &[DataKind],
) -> Result<Vec<Cell>, ProfileError> {
    let span = tables.span();
    let mut seen = Seen::default();
    let mut read = BTreeMap::new();
    for table in tables.into_inner() {
        seen.insert(source, "欄", &table.data)?;
        let Some(place) = data
            .iter()
            .position(|kind| kind.id == *table.data.get_ref())
        else {
            return Err(unknown(source, "閲覧の対象（data）", &table.data));
        };
        read.insert(place, cell(source, table)?);
    }
    let mut cells = Vec::with_capacity(data.len());
    for (place, kind) in data.iter().enumerate() {
        let Some(cell) = read.remove(&place) else {
            let fault = ProfileFault::CellMissing {
                viewer: viewer.get_ref().clone(),
                data: kind.id.clone(),
            };
            return Err(source.error(span, fault));
        };
        cells.push(cell);
    }
    Ok(cells)
}

fn cell(source: Source<'_>, table: CellTable) -> Result<Cell, ProfileError> {
    let access = word(
        "access（見られるか）",
        "no、yes、ungated、consent、own",
        &[
            ("no", Access::No),
            ("yes", Access::Yes),
            ("ungated", Access::Ungated),
            ("consent", Access::Consent),
            ("own", Access::Own),
        ],
    );
    let span = table.access.span();
    Ok(Cell {
        access: access(table.access.into_inner()).map_err(|fault| source.error(span, fault))?,
        standing: source.standing(&table.standing)?,
        source: table.source,
    })
}
