//! The table of numbering plans: what libphonenumber knows of each region.

/// The kinds of numbers that a plan describes; the first is all of them together.
pub(super) const N_KINDS: usize = 11;

/// The rows, by country code in the order in which those who share one are asked.
pub(super) fn rows() -> impl Iterator<Item = Row> {
    include_str!("plans.tsv")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(Row::of)
}

/// What the table says of one region.
pub(super) struct Row {
    /// ISO 3166-1, or "001" for codes that belong to no country.
    pub(super) id: &'static str,
    pub(super) country_code: u16,
    /// What stands before a number inside the country.
    pub(super) national_prefix: Option<&'static str>,
    /// The same as an expression, and what it becomes where that has a group.
    pub(super) national_prefix_for_parsing: Option<&'static str>,
    pub(super) national_prefix_transform_rule: Option<&'static str>,
    pub(super) international_prefix: Option<&'static str>,
    /// First digits that tell the region from others of its code.
    pub(super) leading_digits: Option<&'static str>,
    /// Lengths of numbers that are dialled from next door only.
    pub(super) local_lengths: Vec<u16>,
    pub(super) kinds: [Option<Described>; N_KINDS],
}

/// Numbers of one kind.
pub(super) struct Described {
    /// None of them where all lengths are allowed.
    pub(super) lengths: Vec<u16>,
    pub(super) expression: &'static str,
}

impl Row {
    fn of(line: &'static str) -> Option<Self> {
        let mut columns = line.split('\t');
        let mut next = || {
            columns
                .next()
                .map(|column| (column != "-").then_some(column))
        };
        Some(Self {
            id: next()??,
            country_code: next()??.parse().ok()?,
            national_prefix: next()?,
            national_prefix_for_parsing: next()?,
            national_prefix_transform_rule: next()?,
            international_prefix: next()?,
            leading_digits: next()?,
            local_lengths: lengths(next()??),
            kinds: std::array::from_fn(|_| {
                let (known, expression) = next()??.split_once(' ')?;
                let lengths = lengths(known);
                Some(Described {
                    lengths,
                    expression,
                })
            }),
        })
    }

    /// What holds for numbers of all kinds.
    pub(super) fn general(&self) -> Option<&Described> {
        self.kinds[0].as_ref()
    }
}

fn lengths(written: &str) -> Vec<u16> {
    written
        .split(',')
        .filter_map(|length| length.parse().ok())
        .collect()
}
