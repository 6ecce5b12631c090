//! A real sandbox: made, filled, stopped, started again, thrown away.

use waymark_core::{connection::parse_url, secret::Secret};
use waymark_library::{Library, connections, servers};

use super::*;
use crate::{Env, clock, secrets::Secrets};

async fn app(folder: &std::path::Path) -> App {
    let env = Env { now: clock::now, random: clock::random, data_dir: folder.to_owned(), origin: "test".to_owned() };
    let library = Library::open(folder, waymark_library::Env { now: env.now, random: env.random }).await;
    App { library: library.expect("a library"), secrets: Secrets::memory_only(), env }
}

/// A folder that every user can enter, as the server's user must.
fn folder() -> tempfile::TempDir {
    use std::os::unix::fs::PermissionsExt;
    let permissions = std::fs::Permissions::from_mode(0o755);
    tempfile::Builder::new().prefix("wmsb").permissions(permissions).tempdir_in("/tmp").expect("a folder")
}

#[tokio::test]
async fn a_sandbox_comes_up_furnished_and_goes_with_its_holder() {
    let folder = folder();
    let app = app(folder.path()).await;
    assert!(!status(&app.env).await.is_made);
    assert_eq!(url(&app.env).await.expect_err("none yet").code, Code::EnvironmentMissing);

    let (sandbox, hold) = up(&app, Lifetime::WithHolder).await.expect("up");
    assert!(hold.holds_server());
    assert_eq!(sandbox.servers, ["docs", "support"]);
    let (again, second) = up(&app, Lifetime::WithHolder).await.expect("up again");
    assert_eq!(again, sandbox);
    assert!(!second.holds_server(), "the second caller found it running");
    assert_eq!(connections::list(&app.library).await.expect("listed").len(), 1);
    assert_eq!(servers::list(&app.library, Some(&sandbox.connection)).await.expect("listed").len(), 2);

    let parsed = parse_url(&url(&app.env).await.expect("running")).expect("its own URL");
    assert_eq!((parsed.user.as_str(), parsed.password, parsed.tls), ("waymark", None::<Secret>, TlsMode::Disable));

    drop(second);
    assert!(status(&app.env).await.is_running, "dropping what holds nothing stops nothing");
    tokio::task::spawn_blocking(move || drop(hold)).await.expect("dropped");
    assert!(!status(&app.env).await.is_running);
    reset(&app.env).await.expect("reset");
}

#[tokio::test]
async fn several_who_start_it_at_once_share_one() {
    let folder = folder();
    let app = app(folder.path()).await;
    let ups = (0..4).map(|_| up(&app, Lifetime::WithHolder));
    let started = futures::future::try_join_all(ups).await.expect("all are served");
    assert_eq!(started.iter().filter(|(_, hold)| hold.holds_server()).count(), 1);
    assert!(started.iter().all(|(sandbox, _)| *sandbox == started[0].0));
    tokio::task::spawn_blocking(move || drop(started)).await.expect("dropped");
    reset(&app.env).await.expect("reset");
}

#[tokio::test]
async fn a_sandbox_keeps_its_content_over_down_and_loses_it_with_reset() {
    let folder = folder();
    let app = app(folder.path()).await;
    let (sandbox, _hold) = up(&app, Lifetime::UntilDown).await.expect("up");
    let connection = connections::find(&app.library, CONNECTION).await.expect("saved");
    let platform = Platform::connect(&connection, None).await.expect("connected");
    assert_eq!(db::status(&platform).await.expect("status").shape, Shape::Current);
    let added = [ServerInfo { slug: "mine".to_owned(), name: "Mine".to_owned() }];
    waymark_platform::sandbox::furnish(&platform, "Example", &added, clock::random).await.expect("added");
    platform.close().await;

    down(&app.env).await.expect("down");
    assert!(!status(&app.env).await.is_running);
    down(&app.env).await.expect("down again is fine");
    let (again, _hold) = up(&app, Lifetime::UntilDown).await.expect("up again");
    assert_eq!(again.servers.len(), 3);
    assert_eq!(again.url, sandbox.url);

    reset(&app.env).await.expect("reset");
    assert!(!status(&app.env).await.is_made);
    reset(&app.env).await.expect("reset of nothing is fine");
    let (anew, _hold) = up(&app, Lifetime::UntilDown).await.expect("up anew");
    assert_eq!(anew.servers.len(), 2);
    assert_eq!(anew.connection, sandbox.connection);
    reset(&app.env).await.expect("reset");
}
