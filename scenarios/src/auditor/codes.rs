//! Terms of the books to codes of the link interface [profile if-2.0-assumed, codes.toml].

use crate::ledger::{
    ApplicationType, BurdenRatio, BurdenStage, CareLevel, Category, ConsentTaker, EquipmentItem,
    ReductionType, Sex, SurveyPlace,
};

pub(super) const fn sex(sex: Sex) -> &'static str {
    match sex {
        Sex::Male => "1",
        Sex::Female => "2",
    }
}

pub(super) const fn insured_category(category: Category) -> &'static str {
    match category {
        Category::First => "1",
        Category::Second => "2",
    }
}

pub(super) const fn care_level(level: CareLevel) -> &'static str {
    match level {
        CareLevel::NotEligible => "01",
        CareLevel::ProgramTarget => "06",
        CareLevel::Support1 => "12",
        CareLevel::Support2 => "13",
        CareLevel::Care1 => "21",
        CareLevel::Care2 => "22",
        CareLevel::Care3 => "23",
        CareLevel::Care4 => "24",
        CareLevel::Care5 => "25",
    }
}

pub(super) const fn burden_ratio(ratio: BurdenRatio) -> &'static str {
    match ratio {
        BurdenRatio::Ten => "10",
        BurdenRatio::Twenty => "20",
        BurdenRatio::Thirty => "30",
    }
}

pub(super) const fn reduction_type(kind: ReductionType) -> &'static str {
    match kind {
        ReductionType::BurdenLimit => "01",
        ReductionType::SpecialBurdenLimit => "02",
        ReductionType::UserShareReduction => "03",
        ReductionType::WelfareCorporation => "04",
    }
}

pub(super) const fn burden_stage(stage: BurdenStage) -> &'static str {
    match stage {
        BurdenStage::Stage1 => "1",
        BurdenStage::Stage2 => "2",
        BurdenStage::Stage3a => "31",
        BurdenStage::Stage3b => "32",
        BurdenStage::Stage4 => "4",
    }
}

pub(super) const fn equipment_item(item: EquipmentItem) -> &'static str {
    match item {
        EquipmentItem::CommodeSeat => "01",
        EquipmentItem::ExcretionDevicePart => "02",
        EquipmentItem::ExcretionPrediction => "03",
        EquipmentItem::BathingAid => "04",
        EquipmentItem::PortableBath => "05",
        EquipmentItem::LiftSling => "06",
    }
}

pub(super) const fn application_type(kind: ApplicationType) -> &'static str {
    match kind {
        ApplicationType::New => "1",
        ApplicationType::Renewal => "2",
        ApplicationType::Change => "3",
        ApplicationType::ExOfficio => "4",
        ApplicationType::TransferIn => "5",
    }
}

pub(super) const fn survey_place(place: SurveyPlace) -> &'static str {
    match place {
        SurveyPlace::Home => "1",
        SurveyPlace::Elsewhere => "2",
    }
}

pub(super) const fn consent_taker(taker: ConsentTaker) -> &'static str {
    match taker {
        ConsentTaker::Municipality => "1",
        ConsentTaker::Office => "2",
    }
}
