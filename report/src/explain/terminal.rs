//! An explanation as text: for a terminal with colours, or for any place without.

use super::neutral::neutral;
use super::theme::Theme;
use super::{Entry, Explanation, Mark, Passage};
use crate::lighting::light;

/// How stretches are lit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ink {
    /// Underlined, in a colour for what they are about; a number behind each.
    Colour,
    /// Between brackets, `⟦l7⟧²`; where several signals hold, with all their numbers.
    Marks,
}

const PLAIN: &str = "\x1b[0m";
const BOLD: &str = "\x1b[1m";
const QUIET: &str = "\x1b[2m";

pub(super) fn written(explanation: &Explanation<'_>, ink: Ink) -> String {
    let mut page = Page {
        explanation,
        ink,
        text: String::new(),
    };
    page.head();
    for passage in &explanation.passages {
        page.passage(passage);
    }
    page.whole();
    page.rules();
    page.score();
    page.text
}

struct Page<'a> {
    explanation: &'a Explanation<'a>,
    ink: Ink,
    text: String,
}

impl Page<'_> {
    fn line(&mut self, line: &str) {
        self.text.push_str(line.trim_end());
        self.text.push('\n');
    }

    fn heading(&mut self, heading: &str) {
        let heading = self.inked(BOLD, heading);
        self.text.push('\n');
        self.line(&heading);
    }

    fn inked(&self, sign: &str, words: &str) -> String {
        match self.ink {
            Ink::Colour => format!("{sign}{words}{PLAIN}"),
            Ink::Marks => words.to_owned(),
        }
    }

    fn head(&mut self) {
        let (labels, version) = (self.explanation.labels(), self.explanation.version);
        let id = neutral(version.id.as_str()).into_owned();
        let head = self.inked(BOLD, &format!("{} {id}", labels.explained));
        self.line(&head);
        for (name, value) in self.explanation.facts() {
            self.line(&format!("  {name}: {value}"));
        }
        if version.title.is_empty() && version.text.is_empty() {
            self.text.push('\n');
            self.line(labels.no_words);
        }
    }

    fn passage(&mut self, passage: &Passage<'_>) {
        let labels = self.explanation.labels();
        self.heading((labels.heading)(passage.field));
        let lit = self.lit(passage);
        for line in lit.split('\n') {
            self.line(&format!("  {line}"));
        }
        self.text.push('\n');
        if passage.marks.is_empty() {
            let nothing = self.inked(QUIET, labels.nothing_observed);
            self.line(&format!("    {nothing}"));
        }
        let width = passage
            .marks
            .last()
            .map_or(1, |mark| mark.number.to_string().len());
        for mark in passage.found() {
            let told = self.explanation.told(mark.signal);
            self.mark(passage, mark, width, &told);
        }
        if passage.refused().next().is_some() {
            self.line(&format!("    {}:", labels.refused));
        }
        for mark in passage.refused() {
            let told = self.explanation.refusal(mark).0.join(": ");
            self.mark(passage, mark, width, &told);
        }
    }

    fn mark(&mut self, passage: &Passage<'_>, mark: &Mark<'_>, width: usize, told: &str) {
        let number = self.inked(colour(mark.theme()), &format!("{:>width$}", mark.number));
        let quoted = passage.quote(mark);
        self.line(&format!("    {number}  “{quoted}”: {told}"));
    }

    /// The text with its stretches lit.
    fn lit(&self, passage: &Passage<'_>) -> String {
        let mut lit = String::new();
        for piece in light(&passage.text, &passage.stretches()) {
            let words = neutral(piece.text);
            let Some(strongest) = piece
                .lit_by
                .iter()
                .map(|at| passage.marks[*at].theme())
                .min()
            else {
                lit.push_str(&words);
                continue;
            };
            let numbers = |marks: &[usize]| -> String {
                let numbers: Vec<String> = marks
                    .iter()
                    .map(|at| raised(passage.marks[*at].number))
                    .collect();
                numbers.join("⁺")
            };
            match self.ink {
                Ink::Marks => {
                    lit.push('⟦');
                    lit.push_str(&words);
                    lit.push('⟧');
                    lit.push_str(&numbers(&piece.lit_by));
                }
                Ink::Colour => {
                    // A colour does not run over the margin of the next line.
                    let lines: Vec<String> = words
                        .split('\n')
                        .map(|line| format!("{}\x1b[4m{line}{PLAIN}", colour(strongest)))
                        .collect();
                    lit.push_str(&lines.join("\n"));
                    lit.push_str(&numbers(&piece.ends));
                }
            }
        }
        lit
    }

    fn whole(&mut self) {
        let explanation = self.explanation;
        if explanation.whole.is_empty() {
            return;
        }
        self.heading(explanation.labels().whole);
        for signal in &explanation.whole {
            self.line(&format!("  {}", explanation.told_of_whole(signal)));
        }
    }

    fn rules(&mut self) {
        let labels = self.explanation.labels();
        self.heading(labels.findings);
        self.entries(&self.explanation.findings(), labels.no_findings);
        self.heading(labels.protective);
        self.entries(&self.explanation.protective(), labels.no_protective);
    }

    fn entries(&mut self, entries: &[Entry<'_>], none: &str) {
        let (explanation, labels) = (self.explanation, self.explanation.labels());
        if entries.is_empty() {
            self.line(&format!("  {none}"));
        }
        for entry in entries {
            let points = self.inked(BOLD, &(labels.points)(entry.points));
            let why = neutral(explanation.tongue.why(entry.why)).replace('\n', " ");
            let hard = if entry.hard {
                format!(" [{}]", labels.hard)
            } else {
                String::new()
            };
            self.line(&format!("  {points}{hard}  {why}"));
            for line in explanation.rests_on(entry.evidence) {
                self.line(&format!("      {line}"));
            }
            let origin = self.inked(QUIET, &explanation.origin(entry));
            self.line(&format!("      {origin}"));
        }
    }

    fn score(&mut self) {
        let (explanation, labels) = (self.explanation, self.explanation.labels());
        self.text.push('\n');
        let score = self.inked(BOLD, &format!("{}: {}", labels.score, explanation.score()));
        self.line(&score);
        let [gate, by] = explanation.gate();
        self.line(&format!("{}: {gate} ({by})", labels.gate));
        let (n_links, lacking) = explanation.undecided();
        self.line(&(labels.alone)(n_links));
        let lists = [
            (labels.undecided, lacking),
            (labels.problems, explanation.problems()),
        ];
        for (heading, lines) in lists.into_iter().filter(|(_, lines)| !lines.is_empty()) {
            self.line(&format!("{heading}:"));
            for line in lines {
                self.line(&format!("  {line}"));
            }
        }
        let origin = format!("{}: {}", labels.rules_and_policy, explanation.made_with());
        let origin = self.inked(QUIET, &origin);
        self.line(&origin);
        self.line(labels.proves_nothing);
    }
}

const fn colour(theme: Theme) -> &'static str {
    match theme {
        Theme::Age => "\x1b[1;31m",
        Theme::Contact => "\x1b[36m",
        Theme::People => "\x1b[33m",
        Theme::Limits => "\x1b[32m",
        Theme::Setting => "\x1b[34m",
        Theme::Purpose => "\x1b[35m",
        Theme::Refused => "\x1b[2m",
    }
}

/// A number in raised digits.
fn raised(number: usize) -> String {
    const DIGITS: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    number
        .to_string()
        .bytes()
        .map(|digit| DIGITS[usize::from(digit - b'0')])
        .collect()
}
