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
