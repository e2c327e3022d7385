//! What can be wrong with a feature file: each fault says what was found and what to write.

use crate::requirement::{Mode, RequirementId};

/// A fault with its place, printed as `file:line:column: 内容`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{path}:{line}:{column}: {fault}")]
pub struct LintError {
    /// The file, as `features/…`.
    pub path: String,
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// What is wrong.
    pub fault: Fault,
}

/// A mistake in a feature file.
///
/// Most of them are accepted in silence by the parser: a step becomes a description, a scenario
/// vanishes, and the run is green [dependencies 1, measured].
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[allow(missing_docs, reason = "each message says what the fault is")]
pub enum Fault {
    #[error("ファイルを読めません（{reason}）。UTF-8の文字だけで保存してください")]
    Unreadable { reason: String },
    #[error("フォルダに .feature ファイルがありません。場所を確かめてください")]
    NothingFound,
    #[error("先頭にBOMがあります。BOMなしのUTF-8で保存してください")]
    ByteOrderMark,
    #[error("改行がCRLFです。LFで保存してください")]
    CarriageReturn,
    #[error("1行目は「# language: ja」だけにします。書かれているのは「{found}」です")]
    FirstLine { found: String },
    #[error("タブがあります。半角の空白に直してください")]
    Tab,
    #[error("字下げに全角の空白があります。半角の空白で字下げしてください")]
    FullWidthIndent,
    #[error("行の終わりに空白があります。消してください")]
    TrailingSpace,
    #[error("「{keyword}」の後が全角の「：」です。半角の「:」に直してください")]
    FullWidthColon { keyword: String },
    #[error(
        "「{keyword}」で始まる行ですが、半角の「:」が続きません。見出しなら「{keyword}:」と書き、説明なら別の語で始めてください"
    )]
    MissingColon { keyword: String },
    #[error("「{keyword}:」の後は、半角の空白1つと題名にします")]
    TitleSpace { keyword: String },
    #[error("「{keyword}:」に題名がありません。題名を書いてください")]
    MissingTitle { keyword: String },
    #[error("「背景:」に題名は付けません。「背景:」だけにしてください")]
    TitledBackground,
    #[error("「{found}」は使いません。ルールごとにファイルを分け、機能の題名に書いてください")]
    RuleWord { found: String },
    #[error("「{found}」は使えない見出しや手順の語です。「{write}」と書いてください")]
    ForeignKeyword { found: String, write: String },
    #[error("「{keyword}」の後は半角の空白1つにします")]
    StepSpace { keyword: String },
    #[error("「{keyword}」の後が全角の空白です。半角の空白1つにしてください")]
    FullWidthStepSpace { keyword: String },
    #[error("手順の文がありません。「{keyword}」の後に文を書いてください")]
    EmptyStep { keyword: String },
    #[error("手順の文に全角の空白があります。消すか、「、」などで区切ってください")]
    FullWidthSpaceInStep,
    #[error("手順の文に半角の括弧があります。全角の（）に直してください")]
    HalfWidthParenthesis,
    #[error("行の終わりに「 #」の注釈があります。注釈は「#」で始まる別の行に書いてください")]
    TrailingComment,
    #[error(
        "「{found}」は、手順・表・文字列・タグ・注釈のどれでもありません。手順の語を確かめてください。説明は機能の見出しの下にだけ書けます"
    )]
    UnreadableLine { found: String },
    #[error("説明は一続きにします。空行で分けた2つ目の説明を消してください")]
    SecondDescription,
    #[error(
        "機能の説明の行が手順の語「{keyword}」で始まっています。手順ならシナリオの中に、説明なら別の語で始めて書いてください"
    )]
    StepOutsideScenario { keyword: String },
    #[error("「機能:」がありません。機能の見出しとシナリオを書いてください")]
    MissingFeature,
    #[error("「機能:」が2つあります。ファイルを分けてください")]
    SecondFeature,
    #[error("「{keyword}:」が「機能:」より前にあります。「機能:」を先に書いてください")]
    BeforeFeature { keyword: String },
    #[error("背景が2つあります。1つにまとめてください")]
    SecondBackground,
    #[error("背景がシナリオの後にあります。最初のシナリオの前に書いてください")]
    LateBackground,
    #[error("背景に書けるのは前提だけです。「{keyword}」はシナリオの中に書いてください")]
    BackgroundKeyword { keyword: String },
    #[error(
        "背景の手順が{count}個あります。3個以内にし、大きな出発点は名前の付いた前提にしてください"
    )]
    LongBackground { count: usize },
    #[error("シナリオが1つもありません。シナリオを書くか、ファイルを消してください")]
    EmptyFeature,
    #[error("手順がありません。手順を書いてください")]
    WithoutSteps,
    #[error("「もし」がありません。何をするのかを書いてください")]
    WithoutWhen,
    #[error("「ならば」がありません。何を確かめるのかを書いてください")]
    WithoutThen,
    #[error("最後の「もし」の後に「ならば」がありません。結果として確かめることを書いてください")]
    UnansweredWhen,
    #[error("「もし」や「ならば」の後に「前提」があります。前提は最初にまとめてください")]
    LateGiven,
    #[error("最初の手順が「{keyword}」です。「前提」か「もし」で始めてください")]
    ContinuationFirst { keyword: String },
    #[error("手順が{count}個あります。9個以内（7個以内が目安）にしてください")]
    TooManySteps { count: usize },
    #[error("同じ名前のシナリオが {first} にあります。違いが分かる名前にしてください")]
    DuplicateScenario { first: String },
    #[error(
        "「例:」がシナリオアウトラインの中にありません。シナリオは「シナリオ:」で、例の表を使うときは「シナリオアウトライン:」で始めてください"
    )]
    ExamplesOutsideOutline,
    #[error(
        "シナリオアウトラインに「例:」がありません。例の表を書くか、「シナリオ:」にしてください"
    )]
    OutlineWithoutExamples,
    #[error("例の表に行がありません。見出しの行の下に、値の行を1行以上書いてください")]
    ExamplesWithoutRows,
    #[error(
        "例の表の見出し「{column}」が手順にも題名にも使われていません。「<{column}>」を使うか、列を消してください"
    )]
    UnusedColumn { column: String },
    #[error("「<{name}>」は例の表の見出しにありません。見出しに加えるか、書き直してください")]
    UnknownPlaceholder { name: String },
    #[error("例の後に手順があります。手順は例より前に書いてください")]
    StepAfterExamples,
    #[error("表の行は「|」で始めて「|」で終えます")]
    OpenRow,
    #[error("表の行の列が{found}個です。見出しの行と同じ{expected}個にしてください")]
    RaggedRow { expected: usize, found: usize },
    #[error("文字列の区切りは「\"\"\"」だけの行にします")]
    DocStringFence,
    #[error("文字列が閉じていません。「\"\"\"」だけの行で閉じてください")]
    OpenDocString,
    #[error("タグは「@」で始めます。「{found}」を消すか、「@」を付けてください")]
    TagWithoutAt { found: String },
    #[error("タグの間は半角の空白1つにします")]
    TagSeparator,
    #[error(
        "タグ「@{found}」は使えません。使えるのは、要件一覧にある要件番号、@必須、@推奨、@正常系、@異常系、@方式①、@方式②です"
    )]
    UnknownTag { found: String },
    #[error("タグ「@{found}」が2回あります。1つにしてください")]
    RepeatedTag { found: String },
    #[error("タグの下に「機能:」も「シナリオ:」もありません。タグは見出しのすぐ上に書いてください")]
    DanglingTag,
    #[error("要件番号のタグがありません。1つ付けてください")]
    WithoutRequirement,
    #[error("要件番号のタグが{count}個あります。1つにし、ほかの要件は別のシナリオにしてください")]
    ManyRequirements { count: usize },
    #[error("@必須か@推奨のタグがありません。要件{requirement}は@{write}です")]
    WithoutLevel {
        requirement: RequirementId,
        write: String,
    },
    #[error("要件一覧では{requirement}は@{write}です。タグを直してください")]
    WrongLevel {
        requirement: RequirementId,
        write: String,
    },
    #[error("@正常系と@異常系のどちらか1つを付けてください")]
    CaseTag,
    #[error("@方式①と@方式②の両方があります。両方で成り立つなら、どちらも付けません")]
    BothModes,
    #[error("要件{requirement}は{mode}では試しません。タグを直してください")]
    ModeOutsideRequirement {
        requirement: RequirementId,
        mode: Mode,
    },
    #[error(
        "要件{requirement}のシナリオが {first} にもあります。1つの要件のシナリオは1つのファイルにまとめてください"
    )]
    ScatteredRequirement {
        requirement: RequirementId,
        first: String,
    },
    #[error(
        "読み取りの結果が一致しません（この検査の読み取り: {ours}、Gherkinの読み取り: {theirs}）。書き方を確かめてください"
    )]
    ReadingsDiffer { ours: String, theirs: String },
}
