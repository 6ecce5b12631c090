//! Comments that speak of a turn of a conversation: played once, to say what the turn was.

use waymark_core::{
    conversation::{
        script::{Move, Script},
        turn::{Turn, TurnWindow},
    },
    error::{Error, Result},
    id::WalkthroughId,
    review::TurnMention,
};

use crate::{
    Library,
    conversations::{self, PlayConversation},
};

/// A turn of a conversation about the draft as it is now. A script without moves goes on until that turn.
///
/// # Errors
/// `NotFound` for a walkthrough or a turn that is not there; those of [`conversations::play`].
pub async fn mention(
    library: &Library,
    walkthrough: &WalkthroughId,
    mut script: Script,
    number: u32,
) -> Result<TurnMention> {
    let goes_on = script.moves.is_empty();
    if goes_on {
        script.moves =
            (0..number.min(waymark_core::conversation::script::MOVES_MAX as u32)).map(|_| Move::Next).collect();
    }
    let play = PlayConversation { walkthrough: walkthrough.clone(), script: script.clone(), window: TurnWindow::NONE };
    let mut turns = conversations::play(library, &play).await?.turns;
    // Nobody goes on when all is done.
    let last = turns.iter().position(|turn| turn.state.progress.is_completed).filter(|_| goes_on);
    turns.truncate(last.map_or(turns.len(), |last| last + 1));
    let turn = turns.iter().find(|turn| turn.number == number).ok_or_else(|| {
        Error::not_found(format!("The conversation has {} turns.", turns.len()))
            .with_field("turn")
            .with_hint("`waymark preview` shows them with their numbers.")
    })?;
    Ok(TurnMention { script, number, words: words(turn) })
}

fn words(turn: &Turn) -> String {
    let what = turn.tool.clone().or_else(|| turn.note.clone()).unwrap_or_else(|| "A turn".to_owned());
    let words = match &turn.step {
        Some(step) => format!("{what}: step {}, {}", step.number, step.title),
        None => what,
    };
    words.replace(char::is_control, " ").chars().take(160).collect()
}
