//! The command line.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

/// tekigo（適合）: 介護情報基盤との連携を、本番の前に確かめる検証ツール
#[derive(Debug, Parser)]
#[command(name = "tekigo", version, about, after_help = exit_codes())]
pub(super) struct Options {
    #[command(subcommand)]
    pub(super) command: Command,
}

/// What the program can do.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// ベンダー製品を検証し、判定表と報告書を作る
    Certify(CertifyOptions),
    /// 模擬環境だけを立ち上げる（手で試すため）
    Serve(ServeOptions),
    /// 架空の町の台帳を作る
    Town(TownOptions),
    /// この機械での模擬の側の速さを測り、町の規模に当てはめる（判定はしない）
    Bench(BenchOptions),
    /// 一つの町を測る（bench が自分で起動する）
    #[command(hide = true)]
    BenchTrial(BenchTrialOptions),
    /// 同梱の基準ベンダーを動かす（certify が自分で起動する）
    #[command(hide = true)]
    ReferenceVendor(ReferenceVendorOptions),
    /// 何もせずに「できた」と答えるベンダーを動かす（検証ツール自身を試すため）
    #[command(hide = true)]
    NullVendor(NullVendorOptions),
}

/// Options of `certify`.
#[derive(Debug, Args)]
pub(super) struct CertifyOptions {
    /// ベンダー製品の設定ファイル（vendor.toml）。省略すると同梱の基準ベンダー
    #[arg(long, value_name = "FILE")]
    pub(super) vendor: Option<PathBuf>,
    /// 連携方式
    #[arg(long, value_enum, default_value_t = ModeOption::Both)]
    pub(super) mode: ModeOption,
    /// 連携仕様プロファイルのフォルダー。省略すると同梱の if-2.0-assumed
    #[arg(long, value_name = "DIR")]
    pub(super) profile: Option<PathBuf>,
    /// 実行するシナリオをタグで選ぶ（例: "@SETUP-01 or @SYNC-01"）
    #[arg(long, value_name = "EXPRESSION")]
    pub(super) tags: Option<String>,
    /// 一つのシナリオだけを実行する（例: SETUP-01/02）
    #[arg(long, value_name = "ID")]
    pub(super) only: Option<String>,
    /// 乱数の種。同じ種なら同じ記録になる
    #[arg(long, value_name = "N", default_value_t = 20_260_401)]
    pub(super) seed: u64,
    /// 同時に実行するシナリオの数
    #[arg(long, value_name = "N", default_value_t = default_jobs())]
    pub(super) jobs: usize,
    /// 導出・類推の要件の違反も不合格とする
    #[arg(long)]
    pub(super) strict: bool,
    /// PMHの画面を本物のブラウザー（Chromium と chromedriver）で操作する
    #[arg(long)]
    pub(super) browser: bool,
    /// 報告書を書くフォルダー
    #[arg(long, value_name = "DIR", default_value = "tekigo-report")]
    pub(super) report: PathBuf,
    /// 同梱の基準ベンダーに仕込む不具合の名前（検証ツール自身を試すため）
    #[arg(long, value_name = "NAME", conflicts_with = "vendor")]
    pub(super) fault: Option<String>,
}

/// 連携方式.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum ModeOption {
    /// 方式①（API連携・バッチ処理）
    Api,
    /// 方式②（ファイル連携）
    File,
    /// 両方
    Both,
}

/// Options of `serve`.
#[derive(Debug, Args)]
pub(super) struct ServeOptions {
    /// 連携仕様プロファイルのフォルダー。省略すると同梱の if-2.0-assumed
    #[arg(long, value_name = "DIR")]
    pub(super) profile: Option<PathBuf>,
    /// 乱数の種
    #[arg(long, value_name = "N", default_value_t = 20_260_401)]
    pub(super) seed: u64,
    /// PMH（検証環境）が待ち受けるポート。0 なら空いているもの
    #[arg(long, value_name = "PORT", default_value_t = 0)]
    pub(super) port: u16,
    /// 証明書・認証キー・記録を置くフォルダー。記録があれば続きから始める
    #[arg(long, value_name = "DIR", default_value = "tekigo-serve")]
    pub(super) dir: PathBuf,
    /// 模擬の日時（例: 2026-11-02T09:00:00+09:00）。機械の時計では動かない
    #[arg(long, value_name = "TIME")]
    pub(super) at: Option<String>,
    /// 新しく始めるときの連携方式
    #[arg(long, value_enum, default_value_t = ServeMode::Api)]
    pub(super) mode: ServeMode,
    /// 新しく始めるとき、初回ログインから先を自分で行う（認証キーも発行しない）
    #[arg(long)]
    pub(super) fresh: bool,
}

/// 連携方式 of a world that stands alone: an insurer has one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum ServeMode {
    /// 方式①（API連携・バッチ処理）
    Api,
    /// 方式②（ファイル連携）
    File,
}

/// Options of `town`.
#[derive(Debug, Args)]
pub(super) struct TownOptions {
    /// 被保険者の人数（1〜1,000,000）
    #[arg(long, value_name = "N")]
    pub(super) size: u32,
    /// 乱数の種。同じ種と人数なら同じ町になる
    #[arg(long, value_name = "S", default_value_t = 20_260_401)]
    pub(super) seed: u64,
    /// 書き出すファイル。省略すると標準出力
    #[arg(long, value_name = "FILE")]
    pub(super) out: Option<PathBuf>,
}

/// Options of `bench`.
#[derive(Debug, Args)]
pub(super) struct BenchOptions {
    /// 見積もる町の被保険者の人数（1,000〜940,000）
    #[arg(long, value_name = "N", default_value_t = 100_000, value_parser = clap::value_parser!(u32).range(1_000..=940_000))]
    pub(super) people: u32,
    /// 連携方式
    #[arg(long, value_enum, default_value_t = ModeOption::Both)]
    pub(super) mode: ModeOption,
    /// 乱数の種。同じ種なら同じ町になる
    #[arg(long, value_name = "N", default_value_t = 20_260_401)]
    pub(super) seed: u64,
    /// 図（SVG）を書き出すファイル
    #[arg(long, value_name = "FILE")]
    pub(super) out: Option<PathBuf>,
}

/// Options of one trial of `bench`.
#[derive(Debug, Args)]
pub(super) struct BenchTrialOptions {
    #[arg(long)]
    pub(super) people: u32,
    #[arg(long, value_enum)]
    pub(super) mode: ModeOption,
    #[arg(long)]
    pub(super) seed: u64,
}

/// Options of the bundled reference vendor.
#[derive(Debug, Args)]
pub(super) struct ReferenceVendorOptions {
    #[arg(long)]
    pub(super) listen: SocketAddr,
    #[arg(long)]
    pub(super) database: Option<PathBuf>,
    #[arg(long)]
    pub(super) fault: Option<String>,
    #[arg(long)]
    pub(super) stop_with_stdin: bool,
}

/// Options of the null vendor.
#[derive(Debug, Args)]
pub(super) struct NullVendorOptions {
    #[arg(long)]
    pub(super) listen: SocketAddr,
    #[arg(long, value_name = "NAME", default_value = "always_done")]
    pub(super) behaviour: tekigo_null_vendor::Behaviour,
    #[arg(long)]
    pub(super) stop_with_stdin: bool,
}

fn default_jobs() -> usize {
    std::thread::available_parallelism().map_or(2, usize::from)
}

fn exit_codes() -> String {
    let codes = crate::verdict::EXIT_CODES
        .iter()
        .map(|(code, meaning)| format!("  {}  {meaning}", code.code()));
    std::iter::once("終了コード（certify）:".to_owned())
        .chain(codes)
        .collect::<Vec<_>>()
        .join("\n")
}
