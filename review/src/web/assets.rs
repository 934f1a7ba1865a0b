//! The stylesheet and the icon, out of the binary, under names that change with their content: a
//! browser may keep them for ever.

use std::sync::LazyLock;

use axum::extract::Path;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use model::Digest;

/// A file of the pages.
pub(super) struct Asset {
    /// `/assets/style-<12 hex digits>.css`.
    pub(super) path: String,
    kind: &'static str,
    content: &'static str,
}

impl Asset {
    fn new(stem: &str, ending: &str, kind: &'static str, content: &'static str) -> Self {
        let digest = Digest::of(content.as_bytes()).short();
        Self {
            path: format!("/assets/{stem}-{digest}.{ending}"),
            kind,
            content,
        }
    }
}

pub(super) static STYLE: LazyLock<Asset> = LazyLock::new(|| {
    Asset::new(
        "style",
        "css",
        "text/css; charset=utf-8",
        include_str!("style.css"),
    )
});

pub(super) static ICON: LazyLock<Asset> =
    LazyLock::new(|| Asset::new("lamp", "svg", "image/svg+xml", include_str!("lamp.svg")));

/// `/assets/{name}`: only the names of now; an old one is not found.
pub(super) async fn serve(Path(name): Path<String>) -> Response {
    let wanted = [&*STYLE, &*ICON]
        .into_iter()
        .find(|asset| asset.path.strip_prefix("/assets/") == Some(name.as_str()));
    match wanted {
        Some(asset) => (
            [
                (header::CONTENT_TYPE, asset.kind),
                (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
            ],
            asset.content,
        )
            .into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

#[cfg(test)]
mod checks {
    use std::collections::BTreeMap;

    use super::*;

    /// The colours by name, of the light scheme and, with what it changes, of the dark one.
    fn schemes() -> [BTreeMap<&'static str, &'static str>; 2] {
        let (light, dark) = STYLE
            .content
            .split_once("@media (prefers-color-scheme: dark)")
            .unwrap();
        let named = |part: &'static str| -> BTreeMap<&'static str, &'static str> {
            let (part, _) = part.split_once("\n}\n").unwrap();
            part.lines()
                .filter_map(|line| line.trim().strip_prefix("--")?.strip_suffix(';'))
                .filter_map(|line| line.split_once(": "))
                .collect()
        };
        let light = named(light);
        let mut both = light.clone();
        both.extend(named(dark));
        assert!(light.len() > 20 && both.len() == light.len());
        [light, both]
    }

    /// Relative luminance, WCAG 2.2.
    fn luminance(colour: &str) -> f64 {
        let channel = |at: usize| {
            let value = f64::from(u8::from_str_radix(&colour[at..at + 2], 16).unwrap()) / 255.0;
            if value <= 0.040_45 {
                value / 12.92
            } else {
                ((value + 0.055) / 1.055).powf(2.4)
            }
        };
        0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
    }

    fn contrast(one: &str, other: &str) -> f64 {
        let (one, other) = (luminance(one), luminance(other));
        (one.max(other) + 0.05) / (one.min(other) + 0.05)
    }

    #[test]
    fn colours_have_contrast_in_both_schemes() {
        const TEXT: f64 = 4.5;
        const MARK: f64 = 3.0;
        let surfaces = ["page", "card", "notice", "error", "ok"];
        let backs = [
            "minor-back",
            "help-back",
            "organised-back",
            "label-back",
            "protective-back",
        ];
        for scheme in schemes() {
            let check = |front: &str, back: &str, least: f64| {
                let found = contrast(scheme[front], scheme[back]);
                assert!(found >= least, "{front} on {back}: {found:.2}");
            };
            for surface in surfaces {
                check("text", surface, TEXT);
            }
            for back in backs {
                check("text", back, TEXT);
                check(back.strip_suffix("-back").unwrap(), back, MARK);
            }
            for surface in ["page", "card"] {
                for text in [
                    "quiet",
                    "accent",
                    "minor",
                    "help",
                    "organised",
                    "recruitment",
                    "protective",
                ] {
                    check(text, surface, TEXT);
                }
                check("control", surface, MARK);
                check("focus", surface, MARK);
            }
            check("accent-text", "accent", TEXT);
            check("top-text", "top", TEXT);
            check("minor", "minor-back", TEXT);
        }
        assert!((contrast("#ffffff", "#000000") - 21.0).abs() < 1e-9);
    }

    #[test]
    fn the_style_asks_for_nothing_from_outside() {
        for wanted in ["url(", "@import", "http"] {
            assert!(!STYLE.content.contains(wanted), "{wanted}");
        }
    }
}
