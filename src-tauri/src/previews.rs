//! The walkthrough that is being previewed, the wordings of the drafts and what counts tokens, kept in memory so that a
//! keystroke's preview reads no file.

use std::sync::{Arc, Mutex, MutexGuard};

use waymark_core::{id::WalkthroughId, tokens::Encoding, walkthrough::Walkthrough, wording::chosen::Wordings};

/// The last walkthrough that was previewed or edited here. One is enough: one editor is open.
#[derive(Debug, Default)]
pub struct Previews {
    walkthrough: Mutex<Option<Arc<Walkthrough>>>,
    wordings: Mutex<Option<Wordings>>,
    tokenizer: Mutex<Option<Encoding>>,
}

impl Previews {
    /// The walkthrough, if it is this one.
    pub fn get(&self, id: &WalkthroughId) -> Option<Arc<Walkthrough>> {
        self.locked().as_ref().filter(|kept| kept.id == *id).cloned()
    }

    /// Keeps a walkthrough as it is now.
    pub fn keep(&self, walkthrough: Walkthrough) -> Arc<Walkthrough> {
        let kept = Arc::new(walkthrough);
        *self.locked() = Some(Arc::clone(&kept));
        kept
    }

    /// Somebody else wrote: the next preview reads again.
    pub fn forget(&self, id: &str) {
        let mut kept = self.locked();
        if kept.as_ref().is_some_and(|kept| kept.id.as_str() == id) {
            *kept = None;
        }
    }

    /// Several were written: the next preview reads again, whichever it is of.
    pub fn forget_all(&self) {
        *self.locked() = None;
        self.forget_wordings();
    }

    /// The wordings of the drafts, if they are known.
    pub fn wordings(&self) -> Option<Wordings> {
        self.locked_wordings().clone()
    }

    /// Keeps the wordings of the drafts as they are now.
    pub fn keep_wordings(&self, wordings: Wordings) -> Wordings {
        *self.locked_wordings() = Some(wordings.clone());
        wordings
    }

    /// A wording was written, or another one chosen: the next preview reads again.
    pub fn forget_wordings(&self) {
        *self.locked_wordings() = None;
    }

    fn locked_wordings(&self) -> MutexGuard<'_, Option<Wordings>> {
        self.wordings.lock().expect("BUG: nothing panics while it holds the wordings")
    }

    /// What counts tokens, if it is known.
    pub fn tokenizer(&self) -> Option<Encoding> {
        *self.tokenizer_kept()
    }

    /// Keeps what counts tokens; `None` where the next preview has to look.
    pub fn keep_tokenizer(&self, tokenizer: Option<Encoding>) {
        *self.tokenizer_kept() = tokenizer;
    }

    fn tokenizer_kept(&self) -> MutexGuard<'_, Option<Encoding>> {
        self.tokenizer.lock().expect("BUG: nothing panics while it holds the tokenizer")
    }

    fn locked(&self) -> MutexGuard<'_, Option<Arc<Walkthrough>>> {
        self.walkthrough.lock().expect("BUG: nothing panics while it holds the previewed walkthrough")
    }
}
