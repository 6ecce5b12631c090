// Where the review stands, what an approval is bound to, why it is void, and the ways on.

import { useState } from "react";
import { commands, type Review, type ReviewState } from "../../ipc";
import { formatAgo } from "../../lib/time";
import { Button } from "../../ui/Button";
import { Pill, type Tone } from "../../ui/Pill";
import { Composer } from "./Composer";
import styles from "./review.module.css";
import { strings } from "./strings";
import type { ReviewPart } from "./use-review";

const tones: Record<ReviewState, Tone> = {
  draft: "neutral",
  in_review: "accent",
  approved: "accent",
  changes_requested: "warning",
};

type Verdict = "approved" | "changes_requested";

export function StandingView({ part, review }: { part: ReviewPart; review: Review }) {
  const [verdict, setVerdict] = useState<Verdict | null>(null);
  const { standing, content_hash } = review;
  const { state } = standing;
  const decide = (to: ReviewState, note: string | null) =>
    part.change(() => commands.decideReview({ walkthrough: part.id, state: to, note, seen_hash: content_hash }));
  const simply = (to: ReviewState) => part.named(() => void decide(to, null));
  const ask = (to: Verdict) => part.named(() => setVerdict(to));
  return (
    <section className={styles.standing} aria-label={strings.review}>
      <div className={styles.state}>
        <Pill tone={standing.void ? "warning" : tones[state]}>{strings.states[state]}</Pill>
        <span className={styles.hash} title={content_hash}>
          {strings.content(content_hash)}
        </span>
      </div>
      <p className={styles.why}>{why(review)}</p>
      {standing.decision?.note && <blockquote className={styles.note}>{standing.decision.note}</blockquote>}
      {verdict ? (
        <>
          <p className={styles.why}>{strings.decideAbout[verdict]}</p>
          <Composer
            of={`verdict ${part.id} ${verdict}`}
            label={strings.note}
            placeholder={strings.notePlaceholder}
            send={verdict === "approved" ? strings.approve : strings.requestChanges}
            isFocused
            mayBeEmpty
            onCancel={() => setVerdict(null)}
            onSend={async (text) => {
              const isDone = await decide(verdict, text.trim() === "" ? null : text);
              if (isDone) setVerdict(null);
              return isDone;
            }}
          />
        </>
      ) : (
        <div className={styles.buttons}>
          {state !== "approved" && <Button onClick={() => ask("approved")}>{strings.approve}</Button>}
          {state !== "changes_requested" && (
            <Button onClick={() => ask("changes_requested")}>{strings.requestChanges}</Button>
          )}
          {(state === "draft" || state === "changes_requested") && (
            <Button variant="quiet" onClick={() => simply("in_review")}>
              {strings.putUp}
            </Button>
          )}
          {state === "in_review" && (
            <Button variant="quiet" onClick={() => simply("draft")}>
              {strings.takeOut}
            </Button>
          )}
        </div>
      )}
    </section>
  );
}

function why({ standing }: Review): string {
  const { state, decision } = standing;
  const ago = (at: number) => formatAgo(at, Date.now());
  if (standing.void) return strings.about.void(standing.void.author, ago(standing.void.at));
  if (!decision || state === "draft") return strings.about.draft;
  if (state === "approved") return strings.about.approved(decision.author, ago(decision.at));
  if (state === "changes_requested") return strings.about.changes(decision.author, ago(decision.at));
  return strings.about.in_review;
}
