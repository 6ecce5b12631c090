//! The generated TypeScript is what the commands are. `WAYMARK_UPDATE=1 cargo test --test bindings` writes it anew.

use std::{fs, path::Path};

#[test]
fn the_generated_typescript_is_up_to_date() {
    let committed = Path::new(env!("CARGO_MANIFEST_DIR")).join("ui/src/ipc/generated/host.ts");
    if std::env::var_os("WAYMARK_UPDATE").is_some() {
        waymark_desktop::bindings::export(&committed).expect("the contract has a TypeScript form");
        return;
    }
    let folder = tempfile::tempdir().expect("a temporary folder");
    let fresh = folder.path().join("host.ts");
    waymark_desktop::bindings::export(&fresh).expect("the contract has a TypeScript form");
    let (committed, fresh) = (fs::read_to_string(committed).unwrap_or_default(), fs::read_to_string(fresh).unwrap());
    assert!(
        committed == fresh,
        "ui/src/ipc/generated/host.ts is stale. Run `WAYMARK_UPDATE=1 cargo test --test bindings` and commit it."
    );
}
