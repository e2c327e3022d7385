//! 指示の言葉: what a person is asked to do for each operation, in the words of their own screens.

use crate::control::Operation;

/// What a person does, in polite Japanese.
pub(super) const fn instruction(operation: Operation) -> &'static str {
    match operation {
        Operation::Declare => "製品の名前と版を確かめてください。",
        Operation::Reset => {
            "試験用の介護保険システムを、導入した直後の状態に戻してください。被保険者、申請、証、連携の設定と記録をすべて消します。試験用の複製を戻す方法でもかまいません。"
        }
        Operation::Shutdown => "介護保険システムを終了してください。",
        Operation::Configure => {
            "連携の設定の画面で、次のとおりに設定してください。ここにない項目は変えません。"
        }
        Operation::SetBusinessTime => {
            "介護保険システムの業務日（処理日）を、次の日時に合わせてください。"
        }
        Operation::LoadLedger => {
            "台帳のファイルをダウンロードし、書かれている被保険者を、証や申請の履歴も含めて、すべて介護保険システムに登録してください。製品に一括の取り込みがあれば、それを使えます。前に登録した人は残しません。"
        }
        Operation::RegisterPerson => {
            "被保険者の登録の画面で、次の人を新しい被保険者として登録してください。"
        }
        Operation::ChangePerson => {
            "被保険者の異動の画面で、次の人について、書かれている項目だけを変更してください。"
        }
        Operation::LoseQualification => {
            "資格の画面で、次の人の資格を、書かれている日付と理由で喪失させてください。"
        }
        Operation::IssueCard => "次の人に、次の内容の被保険者証を交付してください。",
        Operation::IssueBurdenRatio => "次の人に、次の内容の負担割合証を交付してください。",
        Operation::IssueReduction => "次の人に、次の内容の認定証を交付してください。",
        Operation::RecordHomeModification => {
            "次の人の住宅改修費の支給を、次の内容で記録してください。"
        }
        Operation::RecordEquipmentPurchase => {
            "次の人の福祉用具購入費の支給を、次の内容で記録してください。"
        }
        Operation::DeleteRow => "次の人の、次の履歴を、誤りとして削除してください。",
        Operation::AcceptApplication => {
            "要介護認定の申請の受付の画面で、窓口に次の申請書が出されたものとして受け付けてください。同意欄は、書かれているとおりに入力します。"
        }
        Operation::RegisterSurvey => "次の申請に、次の内容の認定調査票を登録してください。",
        Operation::RequestOpinion => {
            "次の申請について、主治医意見書の作成を依頼したことを記録してください。"
        }
        Operation::RegisterOpinion => {
            "次の申請に、届いた次の内容の主治医意見書を登録してください。"
        }
        Operation::ScheduleBoard => {
            "次の申請を、次の開催日の介護認定審査会にかける予定を登録してください。"
        }
        Operation::SendBoardMaterial => "次の申請の審査会資料を、次の委員に送ってください。",
        Operation::RegisterDecision => "次の申請に、次の内容の認定結果を登録してください。",
        Operation::OfferConsent => "次の人が窓口で同意したものとして、同意を受け付けてください。",
        Operation::WithdrawConsent => {
            "次の人が窓口で同意を撤回したものとして、撤回を受け付けてください。"
        }
        Operation::PrintCard => {
            "次の人の被保険者証を印刷し（または印刷の画面を開き）、書かれている内容を下に書き写してください。"
        }
        Operation::StartSetup => {
            "初期セットアップの画面で、次の基準日を指定して、初期セットアップを始めてください。始まったら、終わりを待たずに「できた」を押してください。"
        }
        Operation::ResumeSetup => {
            "初期セットアップの画面で、止まっている初期セットアップを再開してください。始まったら、終わりを待たずに「できた」を押してください。"
        }
        Operation::RunTransfer => {
            "差分連携を実行してください。送信、結果の取り込み、受信した情報の取り込みがすべて終わってから、画面の件数を下に書き写してください。"
        }
        Operation::Export => {
            "ファイル連携の画面で、PMHへ送るファイルをすべて出力し、出力されたファイルを下の欄で選んで渡してください。出力するものがなければ、ファイルを選ばずに、件数を0として「できた」を押してください。"
        }
        Operation::Import => {
            "PMHから受け取った次のファイルをすべてダウンロードし、名前を変えずに、ファイル連携の画面で取り込んでください。終わったら、画面の件数を下に書き写してください。"
        }
        Operation::ViewSetup => {
            "初期セットアップの状況の画面を開き、出ている内容を下に書き写してください。"
        }
        Operation::ViewLink => {
            "連携の異常（エラー）の一覧の画面を開き、出ている内容を下に書き写してください。何もなければ、空のまま「できた」を押してください。"
        }
        Operation::ViewFiles => {
            "ファイルの出力と取り込みの状況の画面を開き、出ている内容を下に書き写してください。"
        }
        Operation::ViewRefused => {
            "拒否されたレコードの一覧の画面を開き、出ている内容を下に書き写してください。何もなければ、空のまま「できた」を押してください。"
        }
        Operation::ViewReplacements => {
            "送れない文字を置き換えた箇所の一覧の画面を開き、出ている内容を下に書き写してください。何もなければ、空のまま「できた」を押してください。"
        }
        Operation::ViewPerson => "次の人の画面を開き、出ている内容を下に書き写してください。",
        Operation::ViewConsent => {
            "次の人の同意の状況の画面を開き、出ている内容を下に書き写してください。"
        }
        Operation::ViewCertification => {
            "次の人の要介護認定の画面を開き、出ている申請をすべて下に書き写してください。"
        }
        Operation::ViewInbound => {
            "PMHから受信した情報の一覧の画面を開き、出ている内容を下に書き写してください。何もなければ、空のまま「できた」を押してください。"
        }
        Operation::ViewPeople => {
            "被保険者の人数が出る画面（統計や一覧）を開き、人数を下に書き写してください。"
        }
    }
}

/// What is said besides where the product takes its business date from the machine.
pub(super) const CLOCK_OF_MACHINE: &str = "この製品は、機械の時計に従うと申告されています。業務日を変えられないときは、何もせずに「できた」を押してください。日付を動かす必要のある試験は、試験不能として扱います。";
