//! Signing in and out.
//!
//! Invariant: a wrong name and a wrong password give the same answer after the same work, and
//! nothing that was typed reaches a log or the audit (tests in `tests/sign_in.rs`).

use std::sync::Arc;

use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use maud::html;
use model::{Actor, AuditAction, AuditObject};
use store::{Priority, Session, User};

use super::layout;
use super::posted::Posted;
use super::problem::{Problem, Refusal};
use super::session::{FormToken, Jar, Reader, Token, minutes_ms};
use super::state::ReviewState;
use super::visit::Visit;
use crate::users;

/// What the sign-in page says above its form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Notice {
    Nothing,
    Ended,
    SignedOut,
    Wrong,
    TooOften,
}

/// `GET /sign-in`
pub(super) async fn form(
    State(state): State<Arc<ReviewState>>,
    visit: Visit,
    reader: Option<Reader>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    if reader.is_some() {
        return Ok(Redirect::to("/").into_response());
    }
    let notice = if visit.asked("ended").is_some() {
        Notice::Ended
    } else if visit.asked("out").is_some() {
        Notice::SignedOut
    } else {
        Notice::Nothing
    };
    let address = &state.options.address;
    if let Some(token) = Jar::SignIn.token(address, &headers) {
        return Ok(page(&visit, &token.for_forms(), notice).into_response());
    }
    let token = Token::draw(state.entropy.as_ref())
        .map_err(|error| Refusal::new(&visit, Problem::broken("draw a form token", &error)))?;
    let cookie = Jar::SignIn.keep(address, &token);
    let page = page(&visit, &token.for_forms(), notice);
    Ok(([(header::SET_COOKIE, cookie)], page).into_response())
}

/// `POST /sign-in`
pub(super) async fn attempt(
    State(state): State<Arc<ReviewState>>,
    visit: Visit,
    headers: HeaderMap,
    posted: Posted,
) -> Result<Response, Refusal> {
    let refuse = |problem| Refusal::new(&visit, problem);
    let address = &state.options.address;
    let form_token = Jar::SignIn
        .token(address, &headers)
        .ok_or_else(|| refuse(Problem::StaleForm))?
        .for_forms();
    let fields = posted.checked(&form_token).map_err(refuse)?;
    let (name, password) = (fields.get("name").trim(), fields.get("password"));

    let admitted = state
        .attempts
        .lock()
        .is_ok_and(|mut attempts| attempts.admit(name, state.now()));
    if !admitted {
        let page = page(&visit, &form_token, Notice::TooOften);
        let wait = [(header::RETRY_AFTER, HeaderValue::from_static("60"))];
        return Ok((StatusCode::TOO_MANY_REQUESTS, wait, page).into_response());
    }

    let (known, right) = check(&state, name, password).await.map_err(refuse)?;
    let Some(user) = known.as_ref().filter(|user| right && !user.disabled) else {
        record_refusal(&state, known.as_ref())
            .await
            .map_err(refuse)?;
        let page = page(&visit, &form_token, Notice::Wrong);
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    };
    if let Some(earlier) = Jar::Session.token(address, &headers) {
        end(&state, &earlier, None).await.map_err(refuse)?;
    }
    let token = begin(&state, user).await.map_err(refuse)?;
    let mut response = Redirect::to("/").into_response();
    for cookie in [
        Jar::Session.keep(address, &token),
        Jar::SignIn.forget(address),
    ] {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    Ok(response)
}

/// `POST /sign-out`
pub(super) async fn leave(
    State(state): State<Arc<ReviewState>>,
    visit: Visit,
    reader: Reader,
    posted: Posted,
) -> Result<Response, Refusal> {
    let refuse = |problem| Refusal::new(&visit, problem);
    posted.checked(&reader.token.for_forms()).map_err(refuse)?;
    end(&state, &reader.token, Some(&reader.user.name))
        .await
        .map_err(refuse)?;
    let forget = Jar::Session.forget(&state.options.address);
    Ok((
        [(header::SET_COOKIE, forget)],
        Redirect::to("/sign-in?out=1"),
    )
        .into_response())
}

/// The user of this name, if there is one, and whether the password fits. A name that nobody has
/// costs the same: the decoy's hash is checked in its place.
async fn check(
    state: &Arc<ReviewState>,
    name: &str,
    password: &str,
) -> Result<(Option<User>, bool), Problem> {
    let user = match Actor::new(name) {
        Ok(name) => state
            .store
            .read(move |tx| tx.user(&name))
            .await
            .map_err(|error| Problem::broken("read a user", &error))?,
        Err(_) => None,
    };
    let hash = user
        .as_ref()
        .map_or(&state.decoy_hash, |user| &user.password_hash)
        .clone();
    let password = password.to_owned();
    let _permit = state
        .hashing
        .acquire()
        .await
        .map_err(|error| Problem::broken("wait for a password check", &error))?;
    let right = tokio::task::spawn_blocking(move || users::verify(&password, &hash))
        .await
        .map_err(|error| Problem::broken("check a password", &error))?
        .map_err(|error| Problem::broken("check a password", &error))?;
    Ok((user, right))
}

/// Names the user only if there is one: what was typed might be a password in the wrong field.
async fn record_refusal(state: &Arc<ReviewState>, known: Option<&User>) -> Result<(), Problem> {
    let object = match known {
        Some(user) => AuditObject::User(user.name.clone()),
        None => AuditObject::Class("unknown-user".to_owned()),
    };
    let by = Actor::process("review");
    let row = state.audit(&by, AuditAction::Refuse, object, "sign-in");
    state
        .store
        .write(Priority::Interactive, move |tx| tx.append_audit(&row))
        .await
        .map_err(|error| Problem::broken("record a refused sign-in", &error))
}

async fn begin(state: &Arc<ReviewState>, user: &User) -> Result<Token, Problem> {
    let token = Token::draw(state.entropy.as_ref())
        .map_err(|error| Problem::broken("draw a session token", &error))?;
    let now = state.now();
    let ends_at = now.plus_ms(minutes_ms(state.options.session_absolute_minutes));
    let session = Session {
        token: token.digest(),
        user: user.name.clone(),
        began_at: now,
        idle_until: now
            .plus_ms(minutes_ms(state.options.session_idle_minutes))
            .min(ends_at),
        ends_at,
    };
    let object = AuditObject::User(user.name.clone());
    let row = state.audit(&user.name, AuditAction::SignIn, object, "sign-in");
    state
        .store
        .write(Priority::Interactive, move |tx| {
            tx.add_session(&session, &row)
        })
        .await
        .map_err(|error| Problem::broken("begin a session", &error))?;
    Ok(token)
}

/// Ends a session; with a name, the audit says who left.
async fn end(state: &Arc<ReviewState>, token: &Token, user: Option<&Actor>) -> Result<(), Problem> {
    let digest = token.digest();
    let row = user.map(|name| {
        let object = AuditObject::User(name.clone());
        state.audit(name, AuditAction::SignIn, object, "sign-out")
    });
    state
        .store
        .write(Priority::Interactive, move |tx| {
            if let Some(row) = &row {
                tx.append_audit(row)?;
            }
            tx.end_session(&digest)
        })
        .await
        .map_err(|error| Problem::broken("end a session", &error))
}

fn page(visit: &Visit, token: &FormToken, notice: Notice) -> Html<String> {
    let words = visit.words;
    let said = match notice {
        Notice::Nothing => None,
        Notice::Ended => Some(words.session_ended),
        Notice::SignedOut => Some(words.signed_out),
        Notice::Wrong => Some(words.sign_in_wrong),
        Notice::TooOften => Some(words.sign_in_too_often),
    };
    let is_error = matches!(notice, Notice::Wrong | Notice::TooOften);
    let body = html! {
        div.narrow {
            h1 { (words.sign_in) }
            @if let Some(said) = said {
                p.message.error[is_error] role=(if is_error { "alert" } else { "status" }) { (said) }
            }
            form.card method="post" action="/sign-in" {
                (layout::token(token))
                div.field {
                    label for="name" { (words.user_name) }
                    input #name name="name" type="text" required autocomplete="username"
                        autocapitalize="none" spellcheck="false" maxlength=(Actor::MAX_BYTES);
                }
                div.field {
                    label for="password" { (words.password) }
                    input #password name="password" type="password" required
                        autocomplete="current-password" maxlength=(users::MAX_PASSWORD_BYTES);
                }
                button.main type="submit" { (words.sign_in) }
            }
            p.quiet { (words.sign_in_note) }
        }
    };
    layout::page(&visit.at("/sign-in".to_owned()), None, words.sign_in, body)
}
