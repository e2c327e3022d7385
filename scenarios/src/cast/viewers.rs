//! 語: 閲覧者, 情報, 確かめ方, 断り: who is on the far side of the platform, and what they meet there.

use super::words::words;

words! {
    /// 語: 閲覧者.
    Beholder of "閲覧者" {
        /// 居宅介護支援, its 介護支援専門員, in the pages of 介護WEBサービス.
        CareManager = "あおば居宅介護支援事業所";
        /// The same through care software.
        CareSoftware = "あおば居宅介護支援事業所の介護ソフト";
        /// 訪問介護, one of its staff.
        HomeHelp = "ひので訪問介護事業所";
        /// The person, with the card.
        Person = "マイナポータルの本人";
        /// 医療機関.
        Hospital = "つきみ病院";
        /// The municipality's staff in PMH's pages.
        Staff = "PMHの画面の職員";
    }
}

words! {
    /// 語: 情報.
    Information of "情報" {
        /// 被保険者証.
        InsuranceCard = "被保険者証";
        /// 認定審査進捗.
        Progress = "認定審査進捗";
        /// 住宅改修費利用情報.
        HomeModification = "住宅改修費利用情報";
        /// 福祉用具購入費利用情報.
        EquipmentPurchase = "福祉用具購入費利用情報";
        /// 認定調査票.
        SurveySheet = "認定調査票";
        /// 主治医意見書.
        Opinion = "主治医意見書";
        /// ケアプラン情報.
        CarePlan = "ケアプラン情報";
        /// LIFE情報.
        Life = "LIFE情報";
    }
}

impl Information {
    /// The kind of data, as the profile calls it.
    #[must_use]
    pub const fn kind(self) -> &'static str {
        match self {
            Self::InsuranceCard => "insuranceCard",
            Self::Progress => "certificationProgress",
            Self::HomeModification => "homeModificationUse",
            Self::EquipmentPurchase => "equipmentPurchaseUse",
            Self::SurveySheet => "surveySheet",
            Self::Opinion => "physicianOpinion",
            Self::CarePlan => "carePlan",
            Self::Life => "lifeData",
        }
    }

    /// Whether its rows have 履歴番号; those of the others belong to an application.
    #[must_use]
    pub const fn has_history(self) -> bool {
        matches!(
            self,
            Self::InsuranceCard | Self::HomeModification | Self::EquipmentPurchase
        )
    }

    /// Whether offices register it: the municipality's books do not have it.
    #[must_use]
    pub const fn is_of_offices(self) -> bool {
        matches!(self, Self::CarePlan | Self::Life)
    }
}

words! {
    /// 語: 確かめ方.
    Proof of "確かめ方" {
        /// As the books have the four items.
        FourItems = "4情報";
        /// As they stand on the card that the product prints.
        PrintedItems = "印字された4情報";
        /// Somebody else's number.
        WrongNumber = "被保険者番号の違う4情報";
        /// Another insurer's number.
        WrongInsurer = "保険者番号の違う4情報";
        /// The kana with its small letters written large, or its last letter left out.
        WrongKana = "カナ氏名の違う4情報";
        /// The day after.
        WrongBirth = "生年月日の違う4情報";
        /// The other one.
        WrongSex = "性別の違う4情報";
        /// As it should be.
        Card = "マイナンバーカード";
        /// Nobody looked.
        CardUnseen = "顔写真を見比べないマイナンバーカード";
        /// Reported lost.
        LostCard = "紛失したマイナンバーカード";
        /// Its last day was yesterday.
        ExpiredCard = "期限切れのマイナンバーカード";
        /// No 健康保険証利用登録.
        UnregisteredCard = "保険証利用登録のないマイナンバーカード";
    }
}

words! {
    /// 語: 断り.
    Denied of "断り" {
        /// None is known.
        NoConsent = "包括同意がない";
        /// Refused.
        ConsentRefused = "同意しないと答えている";
        /// Withdrawn.
        ConsentWithdrawn = "同意が撤回されている";
        /// Nobody checked.
        NotIdentified = "本人確認が済んでいない";
        /// Too long ago.
        IdentifiedTooLongAgo = "本人確認から24時間がたっている";
        /// The four items.
        ItemsDiffer = "4情報が一致しない";
        /// The office.
        NotResponsible = "担当として登録されていない";
        /// The kind of office.
        NotEntitled = "その種類の事業所には認められていない";
        /// The matrix.
        NotForViewer = "見られる情報でない";
        /// Not linked yet.
        MunicipalityNotOpen = "保険者の情報がまだ見られない";
        /// 不開示.
        Hidden = "不開示である";
        /// The qualification is lost.
        Deleted = "資格を失っている";
        /// The photo.
        FaceNotCompared = "顔写真を見比べていない";
        /// The card is lost.
        CardLost = "カードが紛失している";
        /// The card has expired.
        CardExpired = "カードの期限が切れている";
        /// No 健康保険証利用登録.
        CardNotInsurance = "保険証利用登録がない";
        /// No certification.
        NotCertified = "認定を受けていない";
        /// The municipality has asked.
        AppliedSince = "新しい様式で申請している";
        /// In the pages only.
        BrowserOnly = "画面からしかできない";
    }
}
