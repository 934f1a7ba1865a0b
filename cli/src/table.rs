//! Plain tables for terminals.

use std::fmt::Write;

/// Rows of cells, each column as wide as its widest cell. Columns named in `right` hold numbers.
pub(crate) fn table(rows: &[Vec<String>], right: &[usize]) -> String {
    let n_columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let width = |column: usize| {
        rows.iter()
            .filter_map(|row| row.get(column))
            .map(|cell| cell.chars().count())
            .max()
            .unwrap_or(0)
    };
    let widths: Vec<usize> = (0..n_columns).map(width).collect();
    let mut text = String::new();
    for row in rows {
        let mut line = String::from(" ");
        for (column, cell) in row.iter().enumerate() {
            let pad = widths[column] - cell.chars().count();
            // Writing to a string does not fail.
            let _ = if right.contains(&column) {
                write!(line, " {}{cell} ", " ".repeat(pad))
            } else {
                write!(line, " {cell}{} ", " ".repeat(pad))
            };
        }
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_stand_to_the_right() {
        let rows = [
            vec!["site".to_owned(), "requests".to_owned()],
            vec!["één".to_owned(), "7".to_owned()],
        ];
        assert_eq!(table(&rows, &[1]), "  site  requests\n  één          7\n");
    }
}
