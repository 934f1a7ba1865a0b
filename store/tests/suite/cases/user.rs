use model::{AuditAction, Digest, Role};
use store::{Session, StoreError, User};

use crate::support::{Fresh, actor, at, audit};

fn user(name: &str) -> User {
    User {
        name: actor(name),
        password_hash: "$argon2id$v=19$m=8,t=1,p=1$c2FsdA$aGFzaA".to_owned(),
        roles: vec![Role::Reviewer, Role::MinorReviewer],
        disabled: false,
    }
}

/// A session that is idle at second 60 and ends at second 300.
fn session(token: &str, name: &str, began: i64) -> Session {
    Session {
        token: Digest::of(token.as_bytes()),
        user: actor(name),
        began_at: at(began),
        idle_until: at(began + 60),
        ends_at: at(began + 300),
    }
}

fn with_session(store: &Fresh) {
    store.write(|tx| {
        tx.save_user(&user("anna"), &audit(AuditAction::Configure, "user-add"))?;
        let sign_in = audit(AuditAction::SignIn, "password");
        tx.add_session(&session("t", "anna", 0), &sign_in)
    });
}

fn signed_in(store: &Fresh, seconds: i64) -> Option<(Session, User)> {
    store.read(move |tx| tx.session(&Digest::of(b"t"), at(seconds)))
}

pub(crate) fn written_and_read_back(store: Fresh) {
    with_session(&store);
    assert_eq!(store.read(|tx| tx.user(&actor("anna"))), Some(user("anna")));
    assert_eq!(store.read(|tx| tx.user(&actor("bob"))), None);
    assert_eq!(store.read(|tx| tx.n_users()), 1);
    let expected = (session("t", "anna", 0), user("anna"));
    assert_eq!(signed_in(&store, 59), Some(expected));
    let other = store.read(|tx| tx.session(&Digest::of(b"u"), at(1)));
    assert_eq!(other, None);
    assert_eq!(
        store.read(|tx| tx.audit(None, 10)).len(),
        2,
        "both left a row"
    );
    let outcome = store.try_write(|tx| {
        tx.add_session(
            &session("u", "bob", 0),
            &audit(AuditAction::SignIn, "password"),
        )
    });
    assert!(matches!(outcome, Err(StoreError::Unknown { .. })));
}

pub(crate) fn disabling_ends_the_sessions(store: Fresh) {
    with_session(&store);
    let save = |disabled| {
        store.write(move |tx| {
            let user = User {
                disabled,
                ..user("anna")
            };
            tx.save_user(&user, &audit(AuditAction::Configure, "user-disable"))
        });
    };
    save(true);
    assert_eq!(signed_in(&store, 1), None);
    save(false);
    assert_eq!(
        signed_in(&store, 1),
        None,
        "enabling brings no session back"
    );
}

pub(crate) fn a_new_password_ends_the_sessions(store: Fresh) {
    with_session(&store);
    let save = |changed: User| {
        store.write(move |tx| {
            tx.save_user(&changed, &audit(AuditAction::Configure, "user-replace"))
        });
    };
    let more_roles = User {
        roles: vec![Role::Reviewer],
        ..user("anna")
    };
    save(more_roles);
    assert!(signed_in(&store, 1).is_some(), "other roles end none");
    let new_password = User {
        password_hash: "$argon2id$v=19$m=8,t=1,p=1$c2FsdA$b3RoZXI".to_owned(),
        ..user("anna")
    };
    save(new_password);
    assert_eq!(signed_in(&store, 1), None);
}

pub(crate) fn a_session_ends_by_itself(store: Fresh) {
    with_session(&store);
    assert_eq!(signed_in(&store, 60), None, "idle");
    store.write(|tx| tx.touch_session(&Digest::of(b"t"), at(500)));
    assert!(signed_in(&store, 299).is_some());
    assert_eq!(signed_in(&store, 300), None, "in any case");
    store.write(|tx| tx.end_session(&Digest::of(b"t")));
    assert_eq!(signed_in(&store, 1), None, "signed out");
}

pub(crate) fn ended_sessions_are_forgotten(store: Fresh) {
    with_session(&store);
    store.write(|tx| {
        let sign_in = audit(AuditAction::SignIn, "password");
        tx.add_session(&session("u", "anna", 300), &sign_in)
    });
    let stats = store.handle.stats().wait().unwrap();
    assert_eq!(stats.rows["sessions"], 1);
}
