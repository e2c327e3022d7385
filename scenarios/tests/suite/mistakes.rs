//! A sound feature file and the mistakes that can be made in it.

/// A file without a fault. Cases change one place of it.
pub(super) const SOUND: &str = r"# language: ja
@必須
機能: 連携の準備
  準備が終わるまでは始まらない。
  終われば始まる。

  背景:
    前提 「つきみ市」が連携の準備を終えている

  # 注釈は別の行に書く
  @CONN-01 @正常系
  シナリオ: 準備が終われば始まる
    もし 職員が初期セットアップを始める
      | 項目 | 値 |
      | 日付 | 1  |
    ならば 初期セットアップが完了する

  @CONN-06 @異常系 @方式①
  シナリオアウトライン: 「<キー>」では始まらない
    もし 職員が「<キー>」で始める
    ならば 始まらない

    例: 誤ったキー
      | キー |
      | 空   |
      | 偽   |
";

/// The name of a case, the text to replace (once), and what to write there.
pub(super) const CASES: &[(&str, &str, &str)] = &[
    ("BOM", "# language: ja", "\u{feff}# language: ja"),
    ("CRLF", "終われば始まる。\n", "終われば始まる。\r\n"),
    (
        "directive after a comment",
        "# language: ja",
        "# 説明\n# language: ja",
    ),
    (
        "directive with a trailing blank",
        "# language: ja\n",
        "# language: ja \n",
    ),
    ("no directive", "# language: ja\n", ""),
    ("tab", "    もし 職員が初期", "\tもし 職員が初期"),
    (
        "full-width indent of a scenario",
        "  シナリオ: 準備が",
        "　シナリオ: 準備が",
    ),
    (
        "full-width indent of a step",
        "    もし 職員が初期",
        "　　もし 職員が初期",
    ),
    ("trailing blank", "完了する\n", "完了する　\n"),
    ("full-width colon of the feature", "機能: ", "機能："),
    (
        "full-width colon of a scenario",
        "シナリオ: 準備が",
        "シナリオ：準備が",
    ),
    ("no colon", "シナリオ: 準備が", "シナリオ 準備が"),
    (
        "full-width space before a title",
        "シナリオ: 準備が",
        "シナリオ:　準備が",
    ),
    (
        "no space before a title",
        "シナリオ: 準備が",
        "シナリオ:準備が",
    ),
    ("no title", "シナリオ: 準備が終われば始まる", "シナリオ:"),
    ("titled background", "背景:", "背景: 準備"),
    (
        "rule word before the first scenario",
        "  背景:",
        "  ルール: 準備\n  背景:",
    ),
    (
        "rule word after a scenario",
        "  @CONN-06 @異",
        "  ルール: キー\n\n  @CONN-06 @異",
    ),
    (
        "English rule",
        "  @CONN-06 @異",
        "  Rule: キー\n\n  @CONN-06 @異",
    ),
    ("English step", "もし 職員が初期", "When 職員が初期"),
    ("English scenario", "シナリオ: 準備が", "Scenario: 準備が"),
    (
        "synonym of but",
        "    ならば 始まらない",
        "    ならば 始まらない\n    ただし 表示される",
    ),
    (
        "asterisk",
        "    ならば 始まらない",
        "    ならば 始まらない\n    * 表示される",
    ),
    (
        "synonym of examples",
        "例: 誤ったキー",
        "サンプル: 誤ったキー",
    ),
    ("mistyped step", "もし 職員が初期", "まし 職員が初期"),
    (
        "full-width space after a step word",
        "もし 職員が初期",
        "もし　職員が初期",
    ),
    (
        "no space after a step word",
        "もし 職員が初期",
        "もし職員が初期",
    ),
    (
        "two spaces after a step word",
        "もし 職員が初期",
        "もし  職員が初期",
    ),
    ("step without a sentence", "ならば 始まらない", "ならば"),
    ("full-width space in a step", "が完了する", "が　完了する"),
    ("half-width parentheses", "が完了する", "が完了する(確認)"),
    (
        "comment at the end of a step",
        "が完了する",
        "が完了する # 確認",
    ),
    (
        "comment at the end of tags",
        "@異常系 @方式①",
        "@異常系 @方式① # 確認",
    ),
    (
        "description of a scenario",
        "始まる\n    もし",
        "始まる\n    説明を書く\n    もし",
    ),
    (
        "description beginning with a step word",
        "  終われば始まる。",
        "  もし終われば始まる。",
    ),
    (
        "description beginning with a heading word",
        "  終われば始まる。",
        "  背景は次のとおり。",
    ),
    (
        "second description",
        "  終われば始まる。",
        "\n  終われば始まる。",
    ),
    ("no feature", "@必須\n機能: 連携の準備\n", ""),
    (
        "second feature",
        "  @CONN-06 @異",
        "機能: もう一つ\n  @CONN-06 @異",
    ),
    (
        "second background",
        "  # 注釈は",
        "  背景:\n    前提 準備\n  # 注釈は",
    ),
    (
        "late background",
        "  @CONN-06 @異",
        "  背景:\n    前提 準備\n  @CONN-06 @異",
    ),
    (
        "action in the background",
        "    前提 「つきみ市」が",
        "    もし 「つきみ市」が",
    ),
    (
        "long background",
        "準備を終えている\n",
        "準備を終えている\n    かつ 一\n    かつ 二\n    かつ 三\n",
    ),
    (
        "scenario without steps",
        "  @CONN-06 @異",
        "  @CONN-06 @正常系 @方式①\n  シナリオ: 空\n\n  @CONN-06 @異",
    ),
    (
        "without an action",
        "    もし 職員が「<キー>」で",
        "    前提 職員が「<キー>」で",
    ),
    ("without a claim", "ならば 始まらない", "かつ 始まらない"),
    (
        "action after the last claim",
        "ならば 始まらない",
        "ならば 始まらない\n    もし 続ける",
    ),
    (
        "starting state after an action",
        "ならば 始まらない",
        "ならば 始まらない\n    前提 準備",
    ),
    (
        "first step is a continuation",
        "もし 職員が「<キー>」で",
        "かつ 職員が「<キー>」で",
    ),
    (
        "ten steps",
        "ならば 始まらない",
        "ならば 一\n    かつ 二\n    かつ 三\n    かつ 四\n    かつ 五\n    かつ 六\n    かつ 七\n    かつ 八\n    かつ 九",
    ),
    (
        "same name twice",
        "シナリオアウトライン: 「<キー>」では始まらない",
        "シナリオアウトライン: 始まらない",
    ),
    ("例 as a scenario", "シナリオ: 準備が", "例: 準備が"),
    (
        "examples of a plain scenario",
        "シナリオアウトライン: 「<キー>」では",
        "シナリオ: キーでは",
    ),
    (
        "outline without examples",
        "    例: 誤ったキー\n      | キー |\n      | 空   |\n      | 偽   |\n",
        "",
    ),
    (
        "examples without a table",
        "      | キー |\n      | 空   |\n      | 偽   |\n",
        "",
    ),
    (
        "examples without rows",
        "      | 空   |\n      | 偽   |\n",
        "",
    ),
    (
        "column that nothing uses",
        "| キー |\n      | 空   |\n      | 偽   |",
        "| キー | 日 |\n | 空 | 1 |\n | 偽 | 2 |",
    ),
    (
        "unknown placeholder",
        "職員が「<キー>」で",
        "職員が「<鍵>」で",
    ),
    (
        "placeholder in a plain scenario",
        "職員が初期",
        "<職員>が初期",
    ),
    (
        "step after the examples",
        "      | 偽   |\n",
        "      | 偽   |\n    かつ 続ける\n",
    ),
    ("row without an end", "| 偽   |", "| 偽"),
    ("longer row", "| 偽   |", "| 偽 | 真 |"),
    ("shorter row", "      | 日付 | 1  |", "      | 日付 |"),
    (
        "table before any step",
        "始まる\n    もし",
        "始まる\n    | 表 |\n    もし",
    ),
    (
        "text with a media type",
        "      | 項目 | 値 |\n      | 日付 | 1  |\n",
        "      \"\"\"json\n      {}\n      \"\"\"\n",
    ),
    (
        "text that is not closed",
        "      | 項目 | 値 |\n      | 日付 | 1  |\n",
        "      \"\"\"\n      {}\n",
    ),
    ("tag without @", "@CONN-01 @正常系", "@CONN-01 正常系"),
    (
        "tags with a full-width space",
        "@CONN-01 @正常系",
        "@CONN-01　@正常系",
    ),
    (
        "tags with two spaces",
        "@CONN-01 @正常系",
        "@CONN-01  @正常系",
    ),
    (
        "tags without a space",
        "@CONN-01 @正常系",
        "@CONN-01@正常系",
    ),
    ("unknown tag", "@CONN-01 @正常系", "@CONN-01 @正常系 @急ぎ"),
    (
        "unknown requirement",
        "@CONN-01 @正常系",
        "@CONN-99 @正常系",
    ),
    (
        "repeated tag",
        "@CONN-01 @正常系",
        "@CONN-01 @正常系 @正常系",
    ),
    (
        "tags above nothing",
        "      | 偽   |\n",
        "      | 偽   |\n\n  @CONN-01 @正常系\n",
    ),
    (
        "tags above examples",
        "    例: 誤ったキー",
        "    @正常系\n    例: 誤ったキー",
    ),
    ("no requirement", "@CONN-01 @正常系", "@正常系"),
    (
        "two requirements",
        "@CONN-01 @正常系",
        "@CONN-01 @CONN-05 @正常系",
    ),
    ("no level", "@必須\n", ""),
    ("wrong level", "@必須\n", "@推奨\n"),
    ("both levels", "@CONN-01 @正常系", "@CONN-01 @正常系 @推奨"),
    ("neither case", "@CONN-01 @正常系", "@CONN-01"),
    ("both cases", "@CONN-01 @正常系", "@CONN-01 @正常系 @異常系"),
    (
        "both modes",
        "@CONN-01 @正常系",
        "@CONN-01 @正常系 @方式① @方式②",
    ),
    (
        "mode that the requirement does not have",
        "@異常系 @方式①",
        "@異常系",
    ),
];
