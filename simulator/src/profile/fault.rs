//! Why a profile cannot be used: file, line and reason, in the reader's words.

/// A profile that cannot be used. Displays as `FILE:LINE: 理由`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{file}:{line}: {fault}")]
pub struct ProfileError {
    /// The file, with the folder it was read from.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// What is wrong.
    pub fault: ProfileFault,
}

/// What is wrong with a profile.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ProfileFault {
    /// A file that every profile has is not there.
    #[error("ファイルがありません")]
    FileMissing,
    /// The file or folder is there and cannot be read.
    #[error("読み取れません（{detail}）")]
    Unreadable {
        /// What the system says.
        detail: String,
    },
    /// No file in `kinds`.
    #[error("データ種別の定義（kinds の下の .toml）が1つもありません")]
    NoKinds,
    /// Not TOML.
    #[error("TOMLとして読めません（{detail}）")]
    Syntax {
        /// What the parser says.
        detail: String,
    },
    /// A member that no such table has.
    #[error("「{member}」という項目は定義できません。使えるのは {allowed} です")]
    UnknownMember {
        /// The member.
        member: String,
        /// The members there are.
        allowed: String,
    },
    /// A member that must be there is not.
    #[error("必須の項目「{member}」がありません")]
    MissingMember {
        /// The member.
        member: String,
    },
    /// A value of another TOML type.
    #[error("値の型が違います。必要なのは {expected}、受け取ったのは {received} です")]
    WrongType {
        /// The type that is needed.
        expected: String,
        /// What is there.
        received: String,
    },
    /// A word that is not one of those allowed.
    #[error("{what}は {allowed} のいずれかです。受け取った値「{received}」")]
    UnknownWord {
        /// What the word is for.
        what: &'static str,
        /// The words there are.
        allowed: &'static str,
        /// The word that is there.
        received: String,
    },
    /// A value outside what it may be.
    #[error("{what}は{expected}です。受け取った値「{received}」")]
    BadValue {
        /// What the value is.
        what: &'static str,
        /// What it may be.
        expected: &'static str,
        /// What is there.
        received: String,
    },
    /// A field type without a parameter it needs.
    #[error("型「{kind}」には「{parameter}」が必要です")]
    ParameterMissing {
        /// The field type.
        kind: String,
        /// The parameter.
        parameter: &'static str,
    },
    /// A parameter the field type does not have.
    #[error("型「{kind}」に「{parameter}」は付けられません")]
    ParameterForeign {
        /// The field type.
        kind: String,
        /// The parameter.
        parameter: &'static str,
    },
    /// A code list that does not exist.
    #[error("符号一覧「{list}」は codes.toml にありません")]
    UnknownList {
        /// The list.
        list: String,
    },
    /// Something that must be unique is there twice.
    #[error("{what}「{value}」が重なっています（先に {first} にあります）")]
    Duplicate {
        /// What it is.
        what: &'static str,
        /// The value.
        value: String,
        /// Where it was first, `FILE:LINE`.
        first: String,
    },
    /// A member names a field that the layout lacks.
    #[error("{member} の「{field}」は、この種別の項目にありません")]
    UnknownField {
        /// The member.
        member: &'static str,
        /// The field it names.
        field: String,
    },
    /// A member names a field of the wrong type.
    #[error("{member} の「{field}」は{expected}でなければなりません")]
    WrongFieldType {
        /// The member.
        member: &'static str,
        /// The field it names.
        field: String,
        /// The type it should have.
        expected: &'static str,
    },
    /// A condition that cannot be read, or can never be met.
    #[error("required_when の「{condition}」が正しくありません: {reason}")]
    Condition {
        /// The condition.
        condition: String,
        /// What is wrong.
        reason: String,
    },
    /// Neither or both of `required` and `required_when`, where that makes no sense.
    #[error("required = true と required_when は同時に書けません")]
    RequiredTwice,
    /// A kind that is sent but has no path, or is only received and has one.
    #[error("{reason}")]
    Path {
        /// What is wrong.
        reason: &'static str,
    },
    /// Items of one object that are not next to each other, or nested deeper than one level.
    #[error("「{json}」: {reason}")]
    Nesting {
        /// The field.
        json: String,
        /// What is wrong.
        reason: &'static str,
    },
    /// A record of the layout could be larger than a record can be.
    #[error("1件の最大バイト数が {bytes} になり、上限の 65535 を超えます")]
    TooLarge {
        /// The most bytes a record could have.
        bytes: usize,
    },
    /// More fields or kinds than can be numbered.
    #[error("{what}が多すぎます（{count}。上限 {limit}）")]
    TooMany {
        /// What there are too many of.
        what: &'static str,
        /// How many there are.
        count: usize,
        /// How many there may be.
        limit: usize,
    },
    /// A file name pattern that names cannot be built or read with.
    #[error("name_pattern「{pattern}」: {reason}")]
    NamePattern {
        /// The pattern.
        pattern: String,
        /// What is wrong.
        reason: String,
    },
    /// A result code that the simulator itself needs.
    #[error("処理結果の符号「{code}」がありません")]
    ResultMissing {
        /// The code.
        code: &'static str,
    },
    /// A name that is defined nowhere.
    #[error("{what}「{name}」はありません")]
    UnknownName {
        /// What it should name.
        what: &'static str,
        /// The name.
        name: String,
    },
    /// A row of the access matrix without a cell.
    #[error("閲覧者「{viewer}」の欄に「{data}」がありません")]
    CellMissing {
        /// The row.
        viewer: String,
        /// The kind of data.
        data: String,
    },
    /// Nobody of a group of viewers that there must be.
    #[error("who が「{who}」の閲覧者がありません")]
    ViewerMissing {
        /// The group.
        who: &'static str,
    },
    /// A second row for viewers that can have one only.
    #[error(
        "閲覧者「{viewer}」: 同じ who の閲覧者がすでにあります。2つ以上あるのは office だけです"
    )]
    ViewerTwice {
        /// The row.
        viewer: String,
    },
    /// An office without services and jobs, or another viewer with them.
    #[error("閲覧者「{viewer}」: services と jobs は who が office のときに、そのときだけ書きます")]
    ViewerOffice {
        /// The row.
        viewer: String,
    },
}
