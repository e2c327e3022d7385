//! Why a file cannot be written, or is refused as a whole.

/// Records that cannot be put into a file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CsvError {
    /// A character that the file's character set lacks.
    #[error(
        "{}の{item}の文字「{character}」（U+{:04X}）は{charset}で表せません",
        row_name(*row), u32::from(*character)
    )]
    Character {
        /// Place of the record, from 1; 0 is the header.
        row: usize,
        /// Japanese name of the item.
        item: String,
        /// The character.
        character: char,
        /// The character set.
        charset: &'static str,
    },
    /// A record of another kind.
    #[error("{row}件目の記録は{expected}ではありません")]
    Kind {
        /// Place of the record, from 1.
        row: usize,
        /// Japanese name of the kind of the file.
        expected: String,
    },
    /// More records than one file may hold.
    #[error("1つのファイルの上限{limit}件を超えています（{count}件）")]
    Rows {
        /// Most records.
        limit: usize,
        /// How many there are.
        count: usize,
    },
    /// More bytes than one file may have.
    #[error("1つのファイルの上限{limit}バイトを超えています（{count}バイト）")]
    Bytes {
        /// Most bytes.
        limit: usize,
        /// How many it would have.
        count: usize,
    },
}

fn row_name(row: usize) -> String {
    if row == 0 {
        "見出し行".to_owned()
    } else {
        format!("{row}件目")
    }
}

/// A file that is refused as a whole: none of its records is taken. Lines and columns count from 1.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FileError {
    /// Nothing in it.
    #[error("ファイルが空です")]
    Empty,
    /// Too large.
    #[error("ファイルが大きすぎます。上限は{limit}バイト、受け取ったのは{received}バイトです")]
    Bytes {
        /// Most bytes.
        limit: usize,
        /// How many came.
        received: usize,
    },
    /// Too many rows.
    #[error("記録が多すぎます。1つのファイルの上限は{limit}件です")]
    Rows {
        /// Most rows of records.
        limit: usize,
    },
    /// Bytes that are not of the character set.
    #[error(
        "文字コードが{charset}ではありません（{line}行目、ファイルの先頭から{offset}バイト目。先頭を0とします）"
    )]
    Charset {
        /// The character set.
        charset: &'static str,
        /// Offset of the first wrong byte, from 0.
        offset: usize,
        /// The line.
        line: usize,
    },
    /// No byte order mark where there must be one.
    #[error("先頭にバイト順マーク（BOM、EF BB BF）がありません")]
    MarkMissing,
    /// A byte order mark where there must be none.
    #[error("先頭にバイト順マーク（BOM、EF BB BF）があります。付けません")]
    MarkUnexpected,
    /// A NUL character.
    #[error("{line}行目にNUL文字（U+0000）があります")]
    Nul {
        /// The line.
        line: usize,
    },
    /// A column head that is wrong or missing.
    #[error("見出し（1行目）の{column}列目は「{expected}」のはずです。受け取ったのは{}です", quoted(received.as_ref()))]
    Header {
        /// The column.
        column: usize,
        /// The head it should have.
        expected: String,
        /// The head it has, if there is such a column.
        received: Option<String>,
    },
    /// More column heads than the layout has items.
    #[error(
        "見出し（1行目）の列が多すぎます。{expected}列のはずが、{column}列目に「{received}」があります"
    )]
    HeaderLong {
        /// How many columns there should be.
        expected: usize,
        /// The first column too many.
        column: usize,
        /// Its head.
        received: String,
    },
    /// A row with another number of columns.
    #[error("{line}行目は{received}列です。{expected}列のはずです")]
    Ragged {
        /// The line the row begins at.
        line: usize,
        /// How many columns there should be.
        expected: usize,
        /// How many there are.
        received: usize,
    },
    /// A cell without quotation marks where every cell has them.
    #[error("{line}行目の{column}列目が引用符（\"）で囲まれていません")]
    Unquoted {
        /// The line.
        line: usize,
        /// The column.
        column: usize,
    },
    /// A quotation mark where none may be.
    #[error(
        "{line}行目の{column}列目で、引用符（\"）の位置が正しくありません。中の引用符は2つ重ねます"
    )]
    Quote {
        /// The line.
        line: usize,
        /// The column.
        column: usize,
    },
    /// A quotation mark that is never closed.
    #[error("{line}行目の{column}列目の引用符（\"）が閉じないまま、ファイルが終わっています")]
    Unterminated {
        /// The line the cell begins at.
        line: usize,
        /// The column.
        column: usize,
    },
    /// Another line end than the profile's.
    #[error("{line}行目の改行が{expected}ではありません")]
    LineEnd {
        /// The line.
        line: usize,
        /// The line end there should be.
        expected: &'static str,
    },
    /// The file ends between the bytes of a character.
    #[error("{line}行目の文字の途中で、ファイルが終わっています。ファイルが途中で切れています")]
    CutCharacter {
        /// The line.
        line: usize,
    },
    /// The last row has no line end: the file may have been cut.
    #[error(
        "最後の行（{line}行目）に改行（{expected}）がありません。ファイルが途中で切れている可能性があります"
    )]
    Truncated {
        /// The line.
        line: usize,
        /// The line end there should be.
        expected: &'static str,
    },
}

impl FileError {
    /// The line it is about, from 1.
    #[must_use]
    pub fn line(&self) -> Option<usize> {
        match self {
            Self::Empty
            | Self::Bytes { .. }
            | Self::Rows { .. }
            | Self::MarkMissing
            | Self::MarkUnexpected => None,
            Self::Header { .. } | Self::HeaderLong { .. } => Some(1),
            Self::Charset { line, .. }
            | Self::Nul { line }
            | Self::CutCharacter { line }
            | Self::Ragged { line, .. }
            | Self::Unquoted { line, .. }
            | Self::Quote { line, .. }
            | Self::Unterminated { line, .. }
            | Self::LineEnd { line, .. }
            | Self::Truncated { line, .. } => Some(*line),
        }
    }

    /// The column it is about, from 1.
    #[must_use]
    pub fn column(&self) -> Option<usize> {
        match self {
            Self::Header { column, .. }
            | Self::HeaderLong { column, .. }
            | Self::Unquoted { column, .. }
            | Self::Quote { column, .. }
            | Self::Unterminated { column, .. } => Some(*column),
            Self::Empty
            | Self::Bytes { .. }
            | Self::Rows { .. }
            | Self::MarkMissing
            | Self::MarkUnexpected
            | Self::Charset { .. }
            | Self::Nul { .. }
            | Self::Ragged { .. }
            | Self::LineEnd { .. }
            | Self::CutCharacter { .. }
            | Self::Truncated { .. } => None,
        }
    }
}

fn quoted(received: Option<&String>) -> String {
    received.map_or_else(|| "列がないもの".to_owned(), |head| format!("「{head}」"))
}
