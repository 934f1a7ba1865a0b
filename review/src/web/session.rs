//! Who reads: the cookie with the token, the session behind it, and the token that forms carry.
//!
//! Invariant: the token is with the browser only; the store holds its digest, the form a digest of
//! another kind, and neither gives the token back.

use std::fmt;
use std::sync::Arc;

use axum::extract::{FromRequestParts, OptionalFromRequestParts};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Redirect, Response};
use model::{Digest, Entropy, Permission, Timestamp};
use store::{Priority, Session, User};
use subtle::ConstantTimeEq;

use super::problem::{Problem, Refusal};
use super::state::{Address, Options, ReviewState};
use super::visit::Visit;
use crate::{ReviewError, users};

/// 32 random bytes.
#[derive(Clone)]
pub(super) struct Token([u8; 32]);

impl Token {
    pub(super) fn draw(entropy: &dyn Entropy) -> Result<Self, ReviewError> {
        let mut bytes = [0; 32];
        users::draw(entropy, &mut bytes, "a session token")?;
        Ok(Self(bytes))
    }

    /// What the store keeps.
    pub(super) fn digest(&self) -> Digest {
        Digest::of_parts([b"waaklicht session v1".as_slice(), &self.0])
    }

    /// What the forms of this session carry. BLAKE3 over a secret of 32 bytes is a keyed digest:
    /// who sees the result learns nothing of the token.
    pub(super) fn for_forms(&self) -> FormToken {
        FormToken(Digest::of_parts([b"waaklicht form v1".as_slice(), &self.0]).hex())
    }

    pub(super) fn hex(&self) -> String {
        Digest::from_bytes(self.0).hex()
    }

    fn from_hex(written: &str) -> Option<Self> {
        let digest: Digest = format!("blake3:{written}").parse().ok()?;
        Some(Self(*digest.as_bytes()))
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token")
    }
}

/// What a form carries to show that it was made for this session.
#[derive(Clone)]
pub(super) struct FormToken(String);

impl FormToken {
    /// For the hidden field.
    pub(super) fn as_str(&self) -> &str {
        &self.0
    }

    /// Compares in the same time wherever the two differ.
    pub(super) fn matches(&self, given: &str) -> bool {
        self.0.as_bytes().ct_eq(given.as_bytes()).into()
    }
}

/// The cookies. With `__Host-` a browser takes them only over TLS, for this host and all paths.
#[derive(Clone, Copy)]
pub(super) enum Jar {
    /// Of a signed-in reader.
    Session,
    /// Of the sign-in form, before anybody is known.
    SignIn,
}

impl Jar {
    const fn name(self, address: &Address) -> &'static str {
        match (self, address) {
            (Self::Session, Address::Loopback) => "waaklicht-session",
            (Self::Session, Address::Public { .. }) => "__Host-waaklicht-session",
            (Self::SignIn, Address::Loopback) => "waaklicht-sign-in",
            (Self::SignIn, Address::Public { .. }) => "__Host-waaklicht-sign-in",
        }
    }

    /// The token that the browser sent.
    pub(super) fn token(self, address: &Address, headers: &HeaderMap) -> Option<Token> {
        cookie(headers, self.name(address)).and_then(Token::from_hex)
    }

    /// The line that gives the token to the browser, until it is closed.
    pub(super) fn keep(self, address: &Address, token: &Token) -> HeaderValue {
        cookie_line(address, self.name(address), &token.hex(), None)
    }

    /// The line that makes the browser forget.
    pub(super) fn forget(self, address: &Address) -> HeaderValue {
        cookie_line(address, self.name(address), "", Some(0))
    }
}

/// A `Set-Cookie` line. `name` and `value` are plain signs of ours.
pub(super) fn cookie_line(
    address: &Address,
    name: &str,
    value: &str,
    max_age_seconds: Option<u32>,
) -> HeaderValue {
    let mut line = format!("{name}={value}; Path=/; HttpOnly; SameSite=Strict");
    if let Address::Public { .. } = address {
        line.push_str("; Secure");
    }
    if let Some(seconds) = max_age_seconds {
        line.push_str(&format!("; Max-Age={seconds}"));
    }
    HeaderValue::try_from(line).unwrap_or(HeaderValue::from_static(""))
}

/// The value of a cookie that the browser sent.
pub(super) fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(known, _)| *known == name)
        .map(|(_, value)| value)
}

/// A signed-in person.
#[derive(Clone)]
pub(super) struct Reader {
    /// Who, with the roles of this moment.
    pub(super) user: User,
    /// The token of the session.
    pub(super) token: Token,
}

impl Reader {
    pub(super) fn may(&self, permission: Permission) -> bool {
        self.user.roles.iter().any(|role| role.may(permission))
    }
}

impl FromRequestParts<Arc<ReviewState>> for Reader {
    type Rejection = Response;

    async fn from_request_parts(
        parts: &mut Parts,
        state: &Arc<ReviewState>,
    ) -> Result<Self, Response> {
        let had_session = Jar::Session
            .token(&state.options.address, &parts.headers)
            .is_some();
        match <Self as OptionalFromRequestParts<_>>::from_request_parts(parts, state).await? {
            Some(reader) => Ok(reader),
            None if had_session => Err(Redirect::to("/sign-in?ended=1").into_response()),
            None => Err(Redirect::to("/sign-in").into_response()),
        }
    }
}

impl OptionalFromRequestParts<Arc<ReviewState>> for Reader {
    type Rejection = Response;

    async fn from_request_parts(
        parts: &mut Parts,
        state: &Arc<ReviewState>,
    ) -> Result<Option<Self>, Response> {
        let Some(token) = Jar::Session.token(&state.options.address, &parts.headers) else {
            return Ok(None);
        };
        let now = state.now();
        let digest = token.digest();
        let broken = |error| {
            let visit = Visit::of(&parts.uri, &parts.headers);
            Refusal::new(&visit, Problem::broken("read a session", &error)).into_response()
        };
        let found = state
            .store
            .read(move |tx| tx.session(&digest, now))
            .await
            .map_err(broken)?;
        let Some((session, user)) = found else {
            return Ok(None);
        };
        if let Some(idle_until) = prolonged(&session, now, &state.options) {
            state
                .store
                .write(Priority::Interactive, move |tx| {
                    tx.touch_session(&digest, idle_until)
                })
                .await
                .map_err(broken)?;
        }
        Ok(Some(Self { user, token }))
    }
}

/// The new idle limit, once it would move by a minute or more: not every request is a write.
fn prolonged(session: &Session, now: Timestamp, options: &Options) -> Option<Timestamp> {
    let idle_until = now
        .plus_ms(minutes_ms(options.session_idle_minutes))
        .min(session.ends_at);
    (idle_until.as_ms() - session.idle_until.as_ms() >= minutes_ms(1)).then_some(idle_until)
}

pub(super) const fn minutes_ms(minutes: u32) -> i64 {
    minutes as i64 * 60_000
}

#[cfg(test)]
mod checks {
    use super::*;

    #[test]
    fn a_token_is_read_back_from_its_cookie_and_from_nothing_else() {
        let token = Token([7; 32]);
        let sent = |line: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::COOKIE, HeaderValue::from_str(line).unwrap());
            Jar::Session
                .token(&Address::Loopback, &headers)
                .map(|token| token.hex())
        };
        let hex = token.hex();
        assert_eq!(
            sent(&format!("x=1; waaklicht-session={hex}")),
            Some(hex.clone())
        );
        assert_eq!(sent(&format!("waaklicht-sign-in={hex}")), None);
        assert_eq!(sent(&format!("xwaaklicht-session={hex}")), None);
        assert_eq!(sent("waaklicht-session=77"), None);
        assert_eq!(
            sent(&format!("waaklicht-session={}", "zz".repeat(32))),
            None
        );
    }

    #[test]
    fn flags_of_the_cookies() {
        let token = Token([0xab; 32]);
        let hex = "ab".repeat(32);
        let public = Address::Public {
            origin: "https://review.example.org".into(),
        };
        assert_eq!(
            Jar::Session.keep(&Address::Loopback, &token),
            format!("waaklicht-session={hex}; Path=/; HttpOnly; SameSite=Strict").as_str()
        );
        assert_eq!(
            Jar::Session.keep(&public, &token),
            format!("__Host-waaklicht-session={hex}; Path=/; HttpOnly; SameSite=Strict; Secure")
                .as_str()
        );
        assert_eq!(
            Jar::Session.forget(&public),
            "__Host-waaklicht-session=; Path=/; HttpOnly; SameSite=Strict; Secure; Max-Age=0"
        );
    }

    #[test]
    fn the_three_forms_of_a_token_differ() {
        let token = Token([7; 32]);
        assert_ne!(token.digest().hex(), token.hex());
        assert_ne!(token.for_forms().as_str(), token.hex());
        assert_ne!(token.for_forms().as_str(), token.digest().hex());
        assert!(token.for_forms().matches(token.for_forms().as_str()));
        assert!(!token.for_forms().matches(""));
        assert!(
            !token
                .for_forms()
                .matches(Token([8; 32]).for_forms().as_str())
        );
        assert_eq!(format!("{token:?}"), "Token");
    }
}
