// What the screens share about a review: what somebody is about to comment on, and the thread that is looked at. Features do
// not know each other; a comment begins in a text or a conversation and is written beside them.

import { queryOptions } from "@tanstack/react-query";
import { kept, type Stored } from "../lib/stored";
import { commands } from "./connect";
import type { Field, ReviewSelection, StepId, TurnMention, WalkthroughId } from "./types";

export type CommentedOn = {
  walkthrough: WalkthroughId;
  step: StepId | null;
  field: Field | null;
  selection: ReviewSelection | null;
  turn: TurnMention | null;
};

/** What a new thread is to be about, while its first comment is written. */
export const commentedOn: Stored<CommentedOn | null> = kept<CommentedOn | null>(null);

/** The thread that somebody pointed at, in the text or beside it. */
export const shownThread: Stored<string | null> = kept<string | null>(null);

export const reviewKeys = {
  /** Comments and decisions, and where they stand in the text that is saved. */
  review: (id: WalkthroughId) => ["review", id] as const,
  author: ["review-author"] as const,
};

export const reviewQueries = {
  review: (id: WalkthroughId) =>
    queryOptions({ queryKey: reviewKeys.review(id), queryFn: () => commands.readReview(id) }),
  author: () => queryOptions({ queryKey: reviewKeys.author, queryFn: () => commands.reviewAuthor() }),
};
