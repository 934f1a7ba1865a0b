//! How a section of the configuration is made from one list of settings.

use serde::Serialize;

/// A section of the configuration file.
pub(crate) trait Section {
    /// What the section is about.
    const ABOUT: &'static str;

    /// Its settings, each with its name, its comment and its value as TOML.
    fn entries(&self) -> Vec<(&'static str, String, String)>;

    /// Settings that cannot hold their value, with the reason and the way out.
    fn problems(&self) -> Vec<(&'static str, String)> {
        Vec::new()
    }
}

/// A value as TOML writes it.
pub(crate) fn written(value: &impl Serialize) -> String {
    // Settings are numbers, strings, booleans and lists of them.
    toml::Value::try_from(value).map_or_else(|_| "\"\"".to_owned(), |value| value.to_string())
}

/// Longest line of the generated file.
const WIDTH: usize = 98;

/// Writes a section with its heading and comments.
pub(crate) fn write_section(name: &str, section: &impl Section, text: &mut String) {
    text.push('\n');
    comment(about(section), text);
    text.push_str(&format!("[{name}]\n"));
    for (name, about, value) in section.entries() {
        text.push('\n');
        comment(&about, text);
        text.push_str(&format!("{name} = {value}\n"));
    }
}

const fn about<S: Section>(_: &S) -> &'static str {
    S::ABOUT
}

fn comment(about: &str, text: &mut String) {
    let mut line = String::from("#");
    for word in about.split_whitespace() {
        if line.chars().count() + 1 + word.chars().count() > WIDTH && line.len() > 1 {
            text.push_str(&line);
            text.push('\n');
            line = String::from("#");
        }
        line.push(' ');
        line.push_str(word);
    }
    text.push_str(&line);
    text.push('\n');
}

/// The line on which the setting that a problem names (`section.setting`) stands.
pub(crate) fn line_of(problem: &str, text: &str) -> usize {
    let named = problem.split('`').nth(1).unwrap_or_default();
    let (section, setting) = named.split_once('.').unwrap_or((named, ""));
    let mut inside = false;
    for (at, line) in text.lines().enumerate() {
        let line = line.trim();
        if line.starts_with('[') {
            inside = line == format!("[{section}]");
        } else if inside
            && line
                .split('=')
                .next()
                .is_some_and(|name| name.trim() == setting)
        {
            return at + 1;
        }
    }
    1
}

/// Makes a section.
///
/// With `for path::Limits`, the settings mirror a struct of another crate: their defaults are that
/// struct's, and `limits()` gives it back; what the struct holds beside settings is `given`. A field
/// of the struct that is missing here does not compile.
macro_rules! section {
    (
        $(#[doc = $about:literal])+
        $name:ident for $limits:path $(, given $($given:ident: $given_kind:ty),+)?; {
            $($(#[doc = $doc:literal])+ $field:ident: $kind:ty,)+
        }
    ) => {
        section! {
            $(#[doc = $about])+
            $name {
                $($(#[doc = $doc])+ $field: $kind = <$limits>::default().$field,)+
            }
        }

        impl $name {
            /// These settings as the crate takes them.
            pub fn limits(&self $($(, $given: $given_kind)+)?) -> $limits {
                $limits { $($field: self.$field.clone(),)+ $($($given,)+)? }
            }
        }
    };
    (
        $(#[doc = $about:literal])+
        $name:ident {
            $($(#[doc = $doc:literal])+ $field:ident: $kind:ty = $default:expr,)+
        }
        $(check $check:expr;)?
    ) => {
        $(#[doc = $about])+
        #[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
        #[serde(default, deny_unknown_fields)]
        pub struct $name {
            $($(#[doc = $doc])+ pub $field: $kind,)+
        }

        impl Default for $name {
            fn default() -> Self {
                Self { $($field: $default,)+ }
            }
        }

        impl Section for $name {
            const ABOUT: &'static str = concat!($($about),+);

            fn entries(&self) -> Vec<(&'static str, String, String)> {
                vec![$((
                    stringify!($field),
                    concat!($($doc),+).to_owned(),
                    written(&self.$field),
                )),+]
            }

            $(fn problems(&self) -> Vec<(&'static str, String)> {
                let check: fn(&Self) -> Vec<(&'static str, String)> = $check;
                check(self)
            })?
        }
    };
}
pub(crate) use section;
