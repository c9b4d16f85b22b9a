//! Exchange rates: how much of one currency another bought in a month or a year, and the cells of
//! the table that say so.
//!
//! The table has a row for each month and a column for each currency; a cell says how much of it
//! one euro bought. It is read when the first rate is asked for, for few articles need one.

use crate::number::Decimal;
use crate::quantity::is_currency;
use crate::reference::catalog::Catalog;
use crate::reference::cells::Row;
use crate::reference::date::PartialDate;
use crate::reference::error::Error;
use crate::reference::fault::TableFault;
use crate::reference::table::{Column, Table, Text};
use crate::text::At;
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// The currency that all cells are in terms of.
const BASE: &str = "EUR";

/// What one currency bought of another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rate {
    /// How much of `to` one `from` bought, to 28 digits.
    pub value: Decimal,
    /// The month or the year whose average it is.
    pub period: PartialDate,
    /// Who publishes the rates it rests on.
    pub publisher: Text,
    /// The cells it rests on: of each currency but the euro, one for each month.
    pub cells: Vec<At>,
    from: Decimal,
    to: Decimal,
}

impl Rate {
    /// What a sum of `from` is in `to`; `None` beyond 28 digits.
    pub fn turned(&self, sum: Decimal) -> Option<Decimal> {
        sum.checked_mul(self.to)?.checked_div(self.from)
    }
}

/// A cell: what one euro bought.
#[derive(Debug, Clone)]
struct Quote {
    value: Decimal,
    at: At,
    publisher: Text,
}

/// All rates of a run.
#[derive(Debug, Default)]
pub(crate) struct Rates {
    quotes: BTreeMap<(NaiveDate, String), Quote>,
}

/// The columns of a table of exchange rates.
struct Columns {
    month: Column,
    publisher: Column,
    currencies: Vec<(String, Column)>,
}

impl Columns {
    fn of(table: &Table<'_>, faults: &mut Vec<TableFault>) -> Result<Self, Error> {
        let (month, publisher) = (table.needs("month")?, table.needs("publisher")?);
        let mut currencies = Vec::new();
        for (column, title, at) in table.columns() {
            if column == month || column == publisher {
                continue;
            }
            if is_currency(title) && title != BASE {
                currencies.push((title.to_owned(), column));
            } else {
                let message = format!("`{title}` is no currency that a euro buys");
                let help = "write a currency's code as USD".to_owned();
                faults.push(TableFault::new(at, message, help));
            }
        }
        Ok(Self { month, publisher, currencies })
    }
}

impl Rates {
    /// Takes the rates of a table in; a later table's cell takes the place of an earlier one's.
    pub(crate) fn read(
        &mut self,
        table: &Table<'_>,
        catalog: &Catalog,
        faults: &mut Vec<TableFault>,
    ) -> Result<(), Error> {
        let columns = Columns::of(table, faults)?;
        let mut months = Vec::new();
        table.each(faults, |row| {
            let Some(month) = month(row, columns.month) else { return };
            if months.contains(&month) {
                let help = "give one of the two another month, or take it out".to_owned();
                row.fault(columns.month, "the month stands in the table twice".to_owned(), help);
                return;
            }
            months.push(month);
            let publisher = row.filled(columns.publisher);
            if catalog.publisher_named(&publisher).is_none() {
                let message = format!("no publisher is called `{publisher}`");
                row.fault(columns.publisher, message, "add a row to sources.csv".to_owned());
                return;
            }
            for (currency, column) in &columns.currencies {
                if let Some(value) = positive(row, *column) {
                    let (at, publisher) = (row.at(*column), publisher.clone());
                    self.quotes.insert((month, currency.clone()), Quote { value, at, publisher });
                }
            }
        });
        Ok(())
    }

    /// What `from` bought of `to`: on average of the month that `when` is or lies in, or of all
    /// twelve months of a year.
    pub(crate) fn rate(&self, from: &str, to: &str, when: PartialDate) -> Option<Rate> {
        let mut rate = Rate {
            value: Decimal::ONE,
            period: when.without_day(),
            publisher: "".into(),
            cells: Vec::new(),
            from: Decimal::ONE,
            to: Decimal::ONE,
        };
        rate.from = self.bought(from, &mut rate)?;
        rate.to = self.bought(to, &mut rate)?;
        rate.value = rate.to.checked_div(rate.from)?;
        Some(rate)
    }

    /// How much of the currency a euro bought on average; the cells go to the rate.
    fn bought(&self, currency: &str, rate: &mut Rate) -> Option<Decimal> {
        if currency == BASE {
            return Some(Decimal::ONE);
        }
        let (mut sum, mut count) = (Decimal::ZERO, Decimal::ZERO);
        for month in rate.period.months() {
            let quote = self.quotes.get(&(month, currency.to_owned()))?;
            sum += quote.value;
            count += Decimal::ONE;
            rate.cells.push(quote.at);
            rate.publisher.clone_from(&quote.publisher);
        }
        sum.checked_div(count)
    }
}

/// The first day of the month that a row is about.
fn month(row: &mut Row<'_, '_>, column: Column) -> Option<NaiveDate> {
    row.need(column);
    let date = row.date(column)?;
    let mut months = date.months();
    let month = months.next().filter(|_| !date.is_day() && months.next().is_none());
    if month.is_none() {
        row.fault(column, format!("`{date}` is no month"), "write a month as 2022-02".to_owned());
    }
    month
}

/// What a cell says, if anything; nothing is bought for nothing.
fn positive(row: &mut Row<'_, '_>, column: Column) -> Option<Decimal> {
    let value = row.number(column)?.value;
    if value <= Decimal::ZERO {
        let help = "write how much of the currency one euro bought".to_owned();
        row.fault(column, format!("`{value}` is no rate"), help);
        return None;
    }
    Some(value)
}

#[cfg(test)]
mod tests {
    use crate::number::Decimal;
    use crate::reference::test_support::with;
    use crate::reference::{PartialDate, Rate, Store};
    use crate::text::Sources;

    const TABLE: &str = "month,publisher,USD,GBP\n\
                         2009-11,European Central Bank,1.25,0.8\n\
                         2009-12,European Central Bank,1.1,\n";

    fn rate(store: &Store, from: &str, to: &str, when: &str) -> Option<Rate> {
        store.rate(from, to, PartialDate::parse(when).unwrap())
    }

    #[test]
    fn a_rate_rests_on_its_cells() {
        let (store, sources) = with(&[("t/exchange-rates.csv", TABLE)]).unwrap();
        assert_eq!(store.faults, []);
        let check = |from: &str, to: &str, when: &str, value: &str, cells: &[&str]| {
            let rate = rate(&store, from, to, when).unwrap();
            assert_eq!(rate.value.to_string(), value, "{from} {to}");
            let found: Vec<_> = rate.cells.iter().map(|at| sources.place(*at)).collect();
            let found: Vec<_> =
                found.iter().map(|p| format!("{}:{} {}", p.line, p.column, p.text)).collect();
            assert_eq!(found, cells, "{from} {to}");
            assert_eq!(rate.period.to_string(), when.get(..7).unwrap());
        };
        check("EUR", "USD", "2009-11", "1.25", &["2:31 1.25"]);
        check("USD", "EUR", "2009-11-24", "0.8", &["2:31 1.25"]);
        check("GBP", "USD", "2009-11", "1.5625", &["2:36 0.8", "2:31 1.25"]);
        check("EUR", "EUR", "1999-12", "1", &[]);
        let pounds = rate(&store, "GBP", "USD", "2009-11").unwrap();
        assert_eq!(pounds.turned(Decimal::from(8)), Some(Decimal::new(125, 1)));
        assert_eq!(pounds.publisher, "European Central Bank");
        for (from, to, when) in
            [("GBP", "USD", "2009-12"), ("EUR", "USD", "2009"), ("EUR", "XAF", "2009-11")]
        {
            assert_eq!(rate(&store, from, to, when), None, "{from} {to} {when}");
        }
    }

    #[test]
    fn the_built_in_rates_reach_over_the_years() {
        let store = Store::builtin(&mut Sources::new());
        let shown = |from, to, when| {
            rate(&store, from, to, when).map(|rate| rate.value.round_dp(4).to_string())
        };
        assert_eq!(shown("EUR", "USD", "2022-09").as_deref(), Some("0.9904"));
        assert_eq!(shown("EUR", "USD", "2021").as_deref(), Some("1.1835"));
        assert_eq!(shown("GBP", "USD", "2022-09-28").as_deref(), Some("1.1323"));
        assert_eq!(shown("EUR", "RUB", "2022-02").as_deref(), Some("88.891"));
        assert_eq!(shown("EUR", "RUB", "2022-06"), None, "no rate was set any more");
        for year in 2010..=2025 {
            for currency in ["USD", "GBP", "JPY", "CHF", "CNY", "PLN", "TRY", "BGN"] {
                let of_year = rate(&store, "EUR", currency, &year.to_string()).unwrap();
                assert_eq!(of_year.cells.len(), 12, "{currency} {year}");
            }
        }
    }

    #[test]
    fn a_folder_may_bring_later_months_and_its_own_cells() {
        let (store, _) = with(&[
            ("a/exchange-rates.csv", TABLE),
            ("b/exchange-rates.csv", "month,publisher,USD\n2009-12,European Central Bank,1.2\n"),
        ])
        .unwrap();
        let value = |when| rate(&store, "EUR", "USD", when).map(|rate| rate.value.to_string());
        assert_eq!(value("2009-12").as_deref(), Some("1.2"));
        assert_eq!(value("2009-11").as_deref(), Some("1.25"));
    }

    #[track_caller]
    fn check(table: &str, place: (usize, usize), message: &str) {
        let (store, sources) = with(&[("t/exchange-rates.csv", table)]).unwrap();
        let [fault] = &store.faults[..] else { panic!("{:?}", store.faults) };
        let found = sources.place(fault.at);
        assert_eq!((found.line, found.column), place, "{found:?}");
        assert_eq!(fault.message, message);
    }

    #[test]
    fn bad_cells_are_named_with_their_place() {
        let row = "2022-01,European Central Bank";
        let check_row = |columns: &str, cells: &str, place, message| {
            check(&format!("month,publisher{columns}\n{cells}\n"), place, message);
        };
        check_row(
            ",DOLLAR",
            &format!("{row},1"),
            (1, 17),
            "`DOLLAR` is no currency that a euro buys",
        );
        check_row(",EUR", &format!("{row},1"), (1, 17), "`EUR` is no currency that a euro buys");
        check_row(",USD", &format!("{row},0"), (2, 31), "`0` is no rate");
        check_row(",USD", &format!("{row},x"), (2, 31), "`x` is no plain number");
        check_row(",USD", "2022,European Central Bank,1", (2, 1), "`2022` is no month");
        check_row(",USD", "2022-01-01,European Central Bank,1", (2, 1), "`2022-01-01` is no month");
        check_row(",USD", "2022-01,ECBB,1", (2, 9), "no publisher is called `ECBB`");
        let twice = format!("{row},1\n{row},1");
        check_row(",USD", &twice, (3, 1), "the month stands in the table twice");
    }
}
