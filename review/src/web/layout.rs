//! The frame of every page: head, skip link, navigation, language, foot.

use axum::response::Html;
use maud::{DOCTYPE, Markup, html};
use model::Permission;

use super::assets::{ICON, STYLE};
use super::posted::TOKEN_FIELD;
use super::session::{FormToken, Reader};
use super::visit::Visit;
use report::words::Tongue;

/// A whole page. `reader` is `None` before sign-in.
pub(super) fn page(
    visit: &Visit,
    reader: Option<&Reader>,
    title: &str,
    body: Markup,
) -> Html<String> {
    let words = visit.words;
    let page = html! {
        (DOCTYPE)
        html lang=(visit.tongue.code()) {
            head {
                meta charset="utf-8";
                title { (title) " – Waaklicht" }
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                link rel="icon" type="image/svg+xml" href=(ICON.path);
                link rel="stylesheet" href=(STYLE.path);
            }
            body {
                a.skip href="#main" { (words.skip_to_content) }
                (top(visit, reader))
                main #main tabindex="-1" { (body) }
                footer.foot { p { (words.foot) } }
            }
        }
    };
    Html(page.into_string())
}

fn top(visit: &Visit, reader: Option<&Reader>) -> Markup {
    let words = visit.words;
    html! {
        header.top {
            a.brand href="/" {
                img src=(ICON.path) alt="" width="28" height="28";
                span { "Waaklicht" }
            }
            @if let Some(reader) = reader {
                nav.pages aria-label=(words.main_navigation) {
                    ul {
                        @if reader.may(Permission::SeeQueue) {
                            li { a href="/queue" { (words.queue) } }
                        }
                        @if reader.may(Permission::ReadAudit) {
                            li { a href="/audit" { (words.audit) } }
                        }
                    }
                }
            }
            (languages(visit))
            @if let Some(reader) = reader {
                form.leave method="post" action="/sign-out" {
                    (token(&reader.token.for_forms()))
                    span.who { (words.signed_in_as) " " strong { (reader.user.name) } }
                    button.quiet type="submit" { (words.sign_out) }
                }
            }
        }
    }
}

fn languages(visit: &Visit) -> Markup {
    html! {
        nav.languages aria-label=(visit.words.language) {
            ul {
                @for tongue in Tongue::ALL {
                    li {
                        a href=(visit.here_in(tongue)) lang=(tongue.code()) hreflang=(tongue.code())
                            aria-current=[(tongue == visit.tongue).then_some("true")] {
                            (tongue.own_name())
                        }
                    }
                }
            }
        }
    }
}

/// The hidden field that every form carries.
pub(super) fn token(token: &FormToken) -> Markup {
    html! { input type="hidden" name=(TOKEN_FIELD) value=(token.as_str()); }
}

/// A moment, in UTC, to the minute.
pub(super) fn moment(at: model::Timestamp) -> Markup {
    let written = at.to_string();
    let shown = written.get(..16).unwrap_or(&written).replace('T', " ");
    html! { time datetime=(written) { (shown) } }
}
