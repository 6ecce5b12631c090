//! A conversation that an agent and a learner would have, turn by turn, exactly as it would be had.
//!
//! A [`script::Script`] says what happens; [`play::play`] has it happen: through the one learner engine, the one
//! renderer and the words of the real door, over a learner who exists in memory alone. Nothing is decided here about
//! walkthroughs. What is decided here is what the people around them do: the agent, who behaves well until a move says
//! otherwise, the learner, whose words are scripted, and the author, whose changes are real edits.
//!
//! Time and ids are part of the script: the same walkthroughs and the same script give the same conversation, byte for
//! byte, and the moves up to any point give the turns up to there.

mod agent;
mod answer;
mod author;
pub mod compare;
pub mod play;
pub mod record;
pub mod script;
mod speech;
mod stage;
#[cfg(test)]
mod tests;
pub mod turn;
mod wire;
