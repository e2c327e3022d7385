//! Files at the door: masked, and cut where they are too much.

use tekigo_simulator::UploadedFile;

use super::office::{MY_NUMBERS, Office};
use super::refusing::right;
use super::refusing_files::{PERSON, text};

#[test]
fn no_individual_number_passes_the_door() {
    let office = Office::started();
    let number = MY_NUMBERS[0];
    let name = format!("{number}_KJ.csv");
    let file = office.uploaded(&name, format!("\u{feff}\"{number}\"\r\n").as_bytes());
    let shown = serde_json::to_string(&file).expect("JSON");
    assert!(
        !shown.contains(number) && shown.contains("個人番号"),
        "{shown}"
    );
    assert_eq!(file.bytes, 3 + 14 + 2);

    let mut office = Office::started();
    let mut files = right(&office);
    files[1].0 = name;
    let (answer, effects) = office.send(files);
    let mut files = right(&office);
    // In the place of an item that is shown again with the refused record.
    files[2].1 = text(&files[2]).replace("0000000001", number).into_bytes();
    office.must_accept(files);
    let results = office.fetch("KJ_139998_KEK_2_20261102090001_002.csv");
    assert!(results.contains("〔個人番号:"), "{results}");
    let inputs: String = office
        .inputs
        .iter()
        .map(|input| serde_json::to_string(input).expect("JSON"))
        .collect();
    let seen = format!("{inputs}{:?}{answer:?}{effects:?}{results}", office.effects);
    for number in MY_NUMBERS {
        assert!(!seen.contains(number), "{number}");
    }
}

#[test]
fn a_file_that_was_read_in_part_is_too_large() {
    let mut office = Office::started();
    let most = office.profile.file().bytes_max.value as u64;
    let file = UploadedFile::oversized(&office.mask, PERSON, most + 1);
    let (answer, _) = office.try_to(tekigo_simulator::OperatorAction::Upload { files: vec![file] });
    assert_eq!(answer.problems[0].code, "F102");
    assert_eq!(answer.problems[0].file.as_deref(), Some(PERSON));
}
