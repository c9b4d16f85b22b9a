//! The description of a folder of tables, `datapackage.json`: which files are foreign tables, and
//! how they are to be read.

use crate::reference::fault::{TableFault, nearest};
use crate::reference::json::Node;
use crate::reference::mapping::{MAPPING, Mapping};
use crate::text::{At, SourceId};

/// The name of the file.
pub(crate) const PACKAGE: &str = "datapackage.json";

/// A foreign table of a package, with the way to read it.
#[derive(Debug, Clone)]
pub(crate) struct Resource {
    /// The file, from the package's folder on.
    pub(crate) path: String,
    pub(crate) layout: Layout,
}

/// The way to read a foreign table.
#[derive(Debug, Clone)]
pub(crate) struct Layout {
    /// Where the package names the file.
    pub(crate) at: At,
    /// The line with the column names, from 1.
    pub(crate) header_row: usize,
    /// The sign between cells, where the package names it.
    pub(crate) delimiter: Option<u8>,
    pub(crate) mapping: Mapping,
    /// Whether the description has no slip; else the table is not read.
    pub(crate) is_sound: bool,
}

/// The foreign tables that the text of a package describes, and what is wrong with it. All else in
/// it is for other programs.
pub(crate) fn resources(text: &str, source: SourceId) -> (Vec<Resource>, Vec<TableFault>) {
    let mut faults = Vec::new();
    let found = match Node::parse(text, source) {
        Ok(package) => {
            let described = package.get("resources").and_then(Node::list).unwrap_or_default();
            described.iter().flat_map(|node| described_by(node, &mut faults)).collect()
        }
        Err(fault) => {
            faults.push(fault);
            Vec::new()
        }
    };
    (found, faults)
}

/// The text of a package with a resource in it that describes the file `path`; a new package where
/// there is none. All else in it stays as it is written.
///
/// # Errors
/// Why it cannot be added, in one clause.
pub fn with_resource(package: Option<&str>, resource: &str, path: &str) -> Result<String, String> {
    let Some(text) = package else {
        return Ok(format!("{{\n  \"resources\": [\n{resource}\n  ]\n}}\n"));
    };
    let node = Node::parse(text, SourceId::FIRST).map_err(|fault| fault.message)?;
    let Some(fields) = node.fields() else { return Err("it is no object".to_owned()) };
    let Some(list) = node.get("resources") else {
        let (before, after) = text.split_at(node.at.span.start() + 1);
        let comma = if fields.is_empty() { "\n" } else { "," };
        return Ok(format!("{before}\n  \"resources\": [\n{resource}\n  ]{comma}{after}"));
    };
    let Some(resources) = list.list() else { return Err("`resources` is no list".to_owned()) };
    let is_it = |one: &&Node| {
        let paths = one.get("path").map(|path| path.list().unwrap_or(std::slice::from_ref(path)));
        let mut words = paths.unwrap_or_default().iter().filter_map(Node::word);
        words.any(|word| word.text == path)
    };
    if resources.iter().any(|one| is_it(&one)) {
        return Err(format!("it describes {path} already; take that out first"));
    }
    let at = resources.last().map_or(list.at.span.start() + 1, |last| last.at.span.end());
    let (before, after) = text.split_at(at);
    let (comma, gap) = if resources.is_empty() { ("", "\n  ") } else { (",", "") };
    Ok(format!("{before}{comma}\n{resource}{gap}{after}"))
}

/// The tables of one resource, if it has a mapping: it may be cut into several files.
fn described_by(node: &Node, faults: &mut Vec<TableFault>) -> Vec<Resource> {
    let Some(mapping) = node.get(MAPPING) else {
        let keys = node.fields().unwrap_or_default().iter().map(|(key, _)| key);
        for key in keys.filter(|key| nearest(&key.text, [MAPPING].into_iter()).is_some()) {
            let message = format!("`{}` is no key that is read", key.text);
            faults.push(TableFault::new(key.at, message, format!("write `{MAPPING}`")));
        }
        return Vec::new();
    };
    let before = faults.len();
    let mapping = Mapping::read(mapping, faults);
    let paths = match node.get("path") {
        Some(path) => path.list().unwrap_or(std::slice::from_ref(path)),
        None => &[],
    };
    if paths.is_empty() {
        let message = "a resource with a mapping names no file";
        faults.push(TableFault::new(mapping.at, message, "add its `path`"));
    }
    let dialect = node.get("dialect");
    let header_row = dialect.and_then(|dialect| header_row(dialect, faults)).unwrap_or(1);
    let delimiter = dialect.and_then(|dialect| delimiter(dialect, faults));
    let is_sound = faults.len() == before;
    let words = paths.iter().filter_map(Node::word);
    words
        .map(|path| Resource {
            path: path.text,
            layout: Layout {
                at: path.at,
                header_row,
                delimiter,
                mapping: mapping.clone(),
                is_sound,
            },
        })
        .collect()
}

/// The line that names the columns: the last of those that the dialect calls its header.
fn header_row(dialect: &Node, faults: &mut Vec<TableFault>) -> Option<usize> {
    let rows = dialect.get("headerRows")?;
    let last = rows.list().and_then(<[Node]>::last).and_then(Node::whole);
    if last.is_none_or(|line| line == 0) {
        let message = "it names no line";
        let help = "write the lines of the column names, counted from 1, as [5]";
        faults.push(TableFault::new(rows.at, message, help));
    }
    last.filter(|line| *line > 0)
}

fn delimiter(dialect: &Node, faults: &mut Vec<TableFault>) -> Option<u8> {
    let node = dialect.get("delimiter")?;
    let sign = node.word().and_then(|word| match word.text.as_bytes() {
        [sign] if !sign.is_ascii_alphanumeric() && *sign != b'"' => Some(*sign),
        _ => None,
    });
    if sign.is_none() {
        let help = "write the sign between cells, as \",\" or \";\" or \"|\"";
        faults.push(TableFault::new(node.at, "it is no sign between cells", help));
    }
    sign
}

#[cfg(test)]
mod tests {
    use super::{resources, with_resource};
    use crate::text::SourceId;

    /// What is wrong with a resource that has these fields beside its path.
    #[track_caller]
    fn check(fields: &str, expected: &[&str]) {
        let text = format!("{{\"resources\": [{{\"path\": \"a.csv\", {fields}}}]}}");
        let (_, faults) = resources(&text, SourceId::FIRST);
        let shown: Vec<_> = faults
            .iter()
            .map(|fault| format!("{}: {}; {}", fault.at.span.of(&text), fault.message, fault.help))
            .collect();
        assert_eq!(shown, expected, "{fields}");
    }

    #[test]
    fn every_slip_is_named_where_it_stands() {
        check(
            "\"x-maping\": {}",
            &["x-maping: `x-maping` is no key that is read; write `x-mapping`"],
        );
        check(
            "\"x-mapping\": {\"entty\": \"UKR\"}",
            &["entty: no key is called `entty`; write `entity`"],
        );
        check(
            "\"x-mapping\": {\"entity\": {\"colunm\": \"iso\"}}",
            &[
                "colunm: no key is called `colunm`; write `column`",
                "{\"colunm\": \"iso\"}: it has neither `column` nor `const`; add one of the two",
            ],
        );
        check(
            "\"x-mapping\": {\"measures\": [{\"indicator\": \"idps\"}], \"drop_zero\": 1}",
            &[
                "{\"indicator\": \"idps\"}: it has no `column`; add `column`",
                "1: it is neither true nor false; write true or false",
            ],
        );
        check(
            "\"x-mapping\": {\"where\": {\"column\": \"a\"}, \"time\": {}, \"decimal\": \"::\"}",
            &[
                "{}: it needs one of `columns` and `headers`; name the columns of the date in \
                 `columns`, or give the pattern of column names that are dates in `headers`",
                "{\"column\": \"a\"}: it is no list; write a list between [ and ]",
                "::: it is no single sign; write one sign, as a comma or a space",
            ],
        );
        check(
            "\"dialect\": {\"headerRows\": [0], \"delimiter\": \"ab\"}, \"x-mapping\": {}",
            &[
                "[0]: it names no line; write the lines of the column names, counted from 1, as [5]",
                "ab: it is no sign between cells; write the sign between cells, as \",\" or \";\" or \"|\"",
            ],
        );
        check(
            "\"x-mapping\": {\"published\": {\"row\": 0, \"column\": 2}, \"accumulate\": {\"as\": \"stock\"}}",
            &[
                "{\"as\": \"stock\"}: it has no `from`; add `from`",
                "{\"row\": 0, \"column\": 2}: it names no cell; write the number of the line and of \
                 the cell in it, both from 1",
            ],
        );
    }

    #[test]
    fn only_resources_with_a_mapping_are_foreign() {
        let text = "{\"resources\": [{\"path\": \"own.csv\"}, {\"path\": [\"a.csv\", \"b.csv\"], \
                    \"dialect\": {\"headerRows\": [4, 5], \"delimiter\": \";\"}, \"x-mapping\": {}}]}";
        let (found, faults) = resources(text, SourceId::FIRST);
        assert_eq!(faults, []);
        let found: Vec<_> = found
            .iter()
            .map(|one| (one.path.as_str(), one.layout.header_row, one.layout.delimiter))
            .collect();
        assert_eq!(found, [("a.csv", 5, Some(b';')), ("b.csv", 5, Some(b';'))]);
    }

    #[track_caller]
    fn check_added(package: Option<&str>, expected: Result<&str, &str>) {
        let found = with_resource(package, "    {\"path\": \"a.csv\"}", "a.csv");
        assert_eq!(found.as_deref().map_err(String::as_str), expected, "{package:?}");
    }

    #[test]
    fn a_resource_is_added_to_what_is_there() {
        let alone = "{\n  \"resources\": [\n    {\"path\": \"a.csv\"}\n  ]\n}\n";
        check_added(None, Ok(alone));
        check_added(Some("{}"), Ok("{\n  \"resources\": [\n    {\"path\": \"a.csv\"}\n  ]\n}"));
        check_added(
            Some("{\"resources\": [{\"path\": \"b.csv\"}], \"name\": \"x\"}"),
            Ok(
                "{\"resources\": [{\"path\": \"b.csv\"},\n    {\"path\": \"a.csv\"}], \"name\": \"x\"}",
            ),
        );
        check_added(
            Some("{\"resources\": []}"),
            Ok("{\"resources\": [\n    {\"path\": \"a.csv\"}\n  ]}"),
        );
        check_added(Some(alone), Err("it describes a.csv already; take that out first"));
        check_added(Some("[]"), Err("it is no object"));
    }
}
