//! The tables that are part of the program.

macro_rules! builtin {
    ($($name:literal)+) => {
        &[$((
            concat!("reference-data/", $name, ".csv"),
            include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/reference-data/", $name, ".csv")),
        ),)+]
    };
}

/// The name and the text of each.
pub(crate) const BUILTIN: &[(&str, &str)] = builtin! {
    "armed-forces" "covid" "cues" "disasters" "donbas-casualties" "entities" "eu-aid-ukraine"
    "exchange-rates" "gaza-casualties" "gdp" "imf-world-bank-ukraine" "indicators" "nato-battlegroups"
    "nord-stream" "places" "population" "refugees" "sources" "subjects" "ukraine-aid-by-donor"
    "ukraine-buildup" "ukraine-civilian-casualties" "ukraine-displaced" "ukraine-military-losses"
    "us-aid-packages" "us-aid-ukraine" "us-forces-europe"
};

#[cfg(test)]
mod tests {
    use super::BUILTIN;
    use crate::reference::folder::tables_in;
    use std::path::Path;

    #[test]
    fn every_table_of_the_folder_is_built_in() {
        let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/reference-data"));
        let found = tables_in(folder, Vec::new()).unwrap();
        let names = found.iter().map(|(path, _)| path.file_name().unwrap().to_str().unwrap());
        let built_in =
            BUILTIN.iter().map(|(name, _)| name.strip_prefix("reference-data/").unwrap());
        assert_eq!(names.collect::<Vec<_>>(), built_in.collect::<Vec<_>>());
    }
}
