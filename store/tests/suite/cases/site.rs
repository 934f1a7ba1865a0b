use crate::support::{Fresh, site, site_id};

pub(crate) fn written_and_read_back(store: Fresh) {
    store.write(|tx| {
        tx.save_site(&site("b"))?;
        tx.save_site(&site("a"))
    });
    assert_eq!(store.read(|tx| tx.sites()), [site("a"), site("b")]);
    assert_eq!(store.read(|tx| tx.site(&site_id("b"))), Some(site("b")));
    assert_eq!(store.read(|tx| tx.site(&site_id("c"))), None);
}

pub(crate) fn saved_again_it_changes(store: Fresh) {
    let mut changed = site("a");
    changed.legal.approver = "P. Pietersen".to_owned();
    changed.retention.text_days = 3;
    let again = changed.clone();
    store.write(move |tx| {
        tx.save_site(&site("a"))?;
        tx.save_site(&again)
    });
    assert_eq!(store.read(|tx| tx.sites()), [changed]);
}
