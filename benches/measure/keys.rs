//! Keys that are typed in the real window, timed by the page itself; and the bare CodeMirror they are compared with.

use std::path::Path;

use thirtyfour::{Key, WebElement};
use waymark_testkit::window::Window;

type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

pub const KEYS_IN_A_BLOCK: usize = 25;

/// Puts into the page what measures, and the bare editor that `scripts/bench` has bundled.
pub async fn prepare(window: &Window) -> Outcome<()> {
    let bundle = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/perf/bare-editor.js");
    window.driver.execute(std::fs::read_to_string(bundle)?, Vec::new()).await?;
    window.driver.execute(MEASURE, Vec::new()).await?;
    Ok(())
}

/// What is typed: words that are in the dictionary, as most of what a writer types is. A nonsense word underlined hundreds of times
/// over would measure the underlines.
const SENTENCES: &str = "open the page and wait until it says that the build is done, then go on to the next step. if the log names a file that \
    is missing, add it and start again; nothing that was kept before is lost by this. ";

/// Types the letters of a block one at a time, each after the last was painted, and gives the times that the page measured.
pub async fn type_block(window: &Window, field: &WebElement, block: usize) -> Outcome<Vec<f64>> {
    // Each block has a line of its own: letters in the midst of words that were typed before would be words of no language.
    field.click().await?;
    window.driver.execute("waymarkTimes.painted.length = 0", Vec::new()).await?;
    field.send_keys(Key::End + Key::Enter).await?;
    window.until("the line is there", "waymarkTimes.painted.length > 1").await?;
    window.driver.execute("waymarkTimes.painted.length = 0", Vec::new()).await?;
    let letters = SENTENCES.chars().cycle().skip(block * KEYS_IN_A_BLOCK % SENTENCES.len());
    for (key, letter) in letters.take(KEYS_IN_A_BLOCK).enumerate() {
        field.send_keys(letter.to_string()).await?;
        window.until("the key was painted", &format!("waymarkTimes.painted.length > {key}")).await?;
    }
    let samples = window.driver.execute("return waymarkTimes.painted", Vec::new()).await?;
    Ok(samples.convert()?)
}

/// A bare CodeMirror over the same place and of the same size as the fields of the app.
pub struct BareEditor {
    /// What is typed into.
    pub field: WebElement,
}

impl BareEditor {
    /// Lays it over the window.
    pub async fn open(window: &Window, over: &str, text: &str) -> Outcome<Self> {
        let script = format!(
            "waymarkBareEditor(arguments[0], document.querySelector('[data-field={over}]').closest('[data-scroll]').getBoundingClientRect())"
        );
        window.driver.execute(script, vec![serde_json::Value::from(text)]).await?;
        Ok(Self { field: window.find("#bare-editor .cm-content").await? })
    }

    /// Takes it away.
    pub async fn close(self, window: &Window) -> Outcome<()> {
        let script = "waymarkBareView.destroy(); document.getElementById('bare-editor').remove()";
        window.driver.execute(script, Vec::new()).await?;
        Ok(())
    }
}

/// Measures in the page: after a `keydown`, the first task after the next frame; the first change of the agent view; and the first
/// task after the frame in which something is there.
const MEASURE: &str = r"
  globalThis.waymarkTimes = { painted: [], followed: [], arrived: [] };
  let last = 0;
  addEventListener('keydown', () => {
    const at = performance.now();
    last = at;
    requestAnimationFrame(() => {
      const channel = new MessageChannel();
      channel.port1.onmessage = () => waymarkTimes.painted.push(performance.now() - at);
      channel.port2.postMessage(0);
    });
  }, true);
  globalThis.waymarkArrival = (at, isThere) => {
    const look = () => {
      if (!isThere()) return requestAnimationFrame(look);
      const channel = new MessageChannel();
      channel.port1.onmessage = () => waymarkTimes.arrived.push(performance.now() - at);
      channel.port2.postMessage(0);
    };
    requestAnimationFrame(look);
  };
  globalThis.waymarkFollow = () => {
    const sheet = document.querySelector('[role=tabpanel][aria-label=Agent]');
    const observer = new MutationObserver(() => {
      if (last === 0) return;
      waymarkTimes.followed.push(performance.now() - last);
      observer.disconnect();
    });
    last = 0;
    observer.observe(sheet, { subtree: true, childList: true, characterData: true });
  };
";
