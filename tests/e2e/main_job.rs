//! The main job, from a file that somebody else wrote to the step that an agent gets from production, with keyboard and mouse.

use std::path::{Path, PathBuf};
use std::process::Command;

use thirtyfour::Key;
use waymark_testkit::postgres::{Cluster, ORGANIZATION, Purpose};
use waymark_testkit::session::Keyring;
use waymark_testkit::window::Window;

use crate::scene::{Journey, Scene, files_with, fixtures};
use crate::writing::{agent_sees, agent_view, enter, saved};

const PASSWORD: &str = "correct horse 7 battery/staple";
const TYPED: &str = "Typed in the real window.";

#[tokio::test]
async fn a_file_becomes_a_step_that_an_agent_gets_from_production() -> Journey {
    let cluster = Cluster::start(Purpose::Tls)?;
    let database = cluster.database().with_example();
    database.run(&format!(
        "CREATE ROLE writer LOGIN PASSWORD '{PASSWORD}';
         GRANT USAGE ON SCHEMA public TO writer;
         GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO writer;"
    ));
    let scene = Scene::new(Keyring::Unlocked)?;
    let window = scene.open().await?;

    import(&scene, &window, &source()).await?;
    let listed = scene.waymark_json(&["list"])?["walkthroughs"][0].clone();
    let [id, title] = ["id", "title"].map(|key| listed[key].as_str().unwrap_or_default().to_owned());

    let field = enter(&window, "content_for_user").await?;
    field.send_keys(Key::Enter + Key::Enter).await?;
    field.send_keys(TYPED).await?;
    agent_sees(&window, TYPED).await?;
    saved(&window).await?;
    let preview = agent_view(&window).await?;
    let rendered = scene.waymark(&["render", &id, "--step", "1"])?;
    assert_eq!(String::from_utf8_lossy(&rendered.stdout), preview, "the command line and the window differ");
    scene.picture(&window, "main-job-editor").await?;

    let url = format!(
        "postgres://writer:{}@localhost:{}/{}?sslmode=verify-full&sslrootcert={}",
        PASSWORD.replace(' ', "%20").replace('/', "%2F"),
        cluster.port(),
        database.name(),
        cluster.ca_file().display()
    );
    connect(&scene, &window, &url).await?;
    let connection = scene.waymark_json(&["connection", "list"])?["connections"][0]["id"].clone();
    let connection = connection.as_str().ok_or("no connection")?;
    assert!(scene.session.keyring_holds("username", connection, PASSWORD)?, "the keyring does not hold the password");

    window.press("Walkthroughs").await?;
    crate::writing::open(&window, &title).await?;
    window.press("Details and servers").await?;
    window.field("Short name of the server").await?.send_keys("docs").await?;
    window.press("Assign").await?;
    window.find("[aria-label='Learners of docs see it']").await?;
    saved(&window).await?;
    window.press("Publish to Team").await?;
    window.shows(&format!("“{title}” is published to “Team”.")).await?;
    scene.picture(&window, "main-job-published").await?;
    window.close().await?;

    let last = steps(&scene, &id)?;
    for number in ["1".to_owned(), last.to_string()] {
        let previewed = scene.waymark(&["render", &id, "--step", &number])?.stdout;
        assert!(!previewed.is_empty());
        let served = read_from_production(&scene, &title, &number, connection)?;
        assert_eq!(String::from_utf8_lossy(&served), String::from_utf8_lossy(&previewed), "step {number}");
    }
    assert_eq!(files_with(scene.session.home(), PASSWORD)?, Vec::<PathBuf>::new(), "the password is on the disk");
    assert_eq!(
        files_with(scene.session.home(), "correct%20horse")?,
        Vec::<PathBuf>::new(),
        "the password is on the disk"
    );
    Ok(())
}

/// Chooses the file in the system's own dialog, which WebDriver cannot reach: with real key events.
async fn import(scene: &Scene, window: &Window, file: &Path) -> Journey {
    // What stands there while the library is read makes way for this.
    window.shows("Add the three examples").await?;
    window.press("Import").await?;
    window.press("Choose files").await?;
    let dialog = scene.xdotool(&["search", "--sync", "--onlyvisible", "--name", "^Import walkthroughs$"])?;
    scene.xdotool(&["windowfocus", "--sync", dialog.trim()])?;
    // A slash opens the line in which a path can be typed; what is typed before the line has the focus would be lost.
    scene.xdotool(&["key", "--delay", "400", "slash", "ctrl+a", "ctrl+a"])?;
    scene.xdotool(&["type", "--delay", "8", &file.display().to_string()])?;
    scene.xdotool(&["key", "Return"])?;
    window.shows("Import 1 walkthrough").await?;
    scene.picture(window, "main-job-import").await?;
    window.press("Import 1 walkthrough").await?;
    window.find("[data-field] .cm-content").await?;
    Ok(())
}

/// Adds a connection from a pasted URL with a password in it, tests it, and saves it.
async fn connect(scene: &Scene, window: &Window, url: &str) -> Journey {
    window.press("Library").await?;
    window.press("Connections").await?;
    window.press("Add connection").await?;
    let paste = window.find("#connection-url").await?;
    paste.send_keys(url).await?;
    paste.send_keys(Key::Enter + "").await?;
    window.shows("The form is filled in from the URL.").await?;
    let name = window.field("Name").await?;
    name.clear().await?;
    name.send_keys("Team").await?;
    window.field("Organization").await?.send_keys(ORGANIZATION).await?;
    // A connection that is marked as production asks before each publish; this one goes with one click.
    window.find_path("//label[contains(., 'This is production')]/input").await?.send_keys(" ").await?;
    window.press("Test").await?;
    window.shows("Ready to publish.").await?;
    scene.picture(window, "main-job-connection").await?;
    window.press("Save connection").await?;
    window.shows("“Team” is saved.").await?;
    Ok(())
}

/// What the official Python client of MCP receives for a step, from the server on this connection.
fn read_from_production(
    scene: &Scene,
    title: &str,
    number: &str,
    connection: &str,
) -> Result<Vec<u8>, Box<dyn std::error::Error>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let output = Command::new(root.join("scripts/read-step"))
        .envs(scene.session.environment())
        .args([title, number])
        .arg(crate::scene::app().with_file_name("waymark"))
        .arg("--library")
        .arg(&scene.library)
        .args(["serve", "--stdio", "--connection", connection, "--server", "docs"])
        .output()?;
    if !output.status.success() {
        return Err(format!("the MCP client: {}", String::from_utf8_lossy(&output.stderr)).into());
    }
    Ok(output.stdout)
}

/// How many steps the walkthrough has.
fn steps(scene: &Scene, id: &str) -> Result<usize, Box<dyn std::error::Error>> {
    Ok(scene.waymark_json(&["show", id])?["steps"].as_array().ok_or("no steps")?.len())
}

/// A real file where there is one, else the shipped example.
#[expect(clippy::print_stdout, reason = "a journey says what it went without")]
fn source() -> PathBuf {
    let real = fixtures().join("bun-quickstart-walkthrough.json");
    if real.exists() {
        return real;
    }
    println!("The real files are not beside this checkout; the quickstart example stands in.");
    Path::new(env!("CARGO_MANIFEST_DIR")).join("crates/waymark-app/src/examples/quickstart.json")
}
