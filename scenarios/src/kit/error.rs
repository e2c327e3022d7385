//! Why a kit could not be made or written.

use std::path::PathBuf;

/// Why a kit could not be made or written. Displays in Japanese, with who has to do what.
#[derive(Debug, thiserror::Error)]
pub enum KitError {
    /// There is something in the folder already.
    #[error(
        "フォルダー「{}」は空ではありません。空のフォルダーか、まだないフォルダーを指定してください（中身は変えていません）",
        .0.display()
    )]
    NotEmpty(PathBuf),
    /// A file or folder could not be written or read.
    #[error("「{}」に書けません。フォルダーの権限と空き容量を確かめてください: {cause}", path.display())]
    Folder {
        /// The file or folder.
        path: PathBuf,
        /// What the operating system said.
        cause: std::io::Error,
    },
    /// The simulated side that answers the samples did not start.
    #[error(transparent)]
    Simulator(#[from] tekigo_simulator::serve::SimulatorError),
    /// Its journal could not be written.
    #[error(transparent)]
    Shell(#[from] tekigo_simulator::serve::ShellError),
    /// The invented people of the samples could not be made.
    #[error(transparent)]
    Town(#[from] crate::town::TownError),
    /// The profile has not what every sample needs.
    #[error(
        "連携仕様プロファイルから見本を作れません。検証を行う担当者は、--profile のフォルダーの中身を直してください: {0}"
    )]
    Profile(String),
    /// Something of our own that does not fit together.
    #[error("キットを作れません。開発元へ知らせてください: {0}")]
    Own(String),
}

impl From<serde_json::Error> for KitError {
    fn from(error: serde_json::Error) -> Self {
        Self::Own(error.to_string())
    }
}
