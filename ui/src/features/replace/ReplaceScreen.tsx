// Find and replace across the library: what, where, every place, and one way back.

import { IconReplace } from "@tabler/icons-react";
import { useMemo } from "react";
import { Button } from "../../ui/Button";
import { Failure, Notice } from "../../ui/Notice";
import { Screen } from "../../ui/Screen";
import { chosenOf } from "./choice";
import { FoundList } from "./FoundList";
import { foundIn } from "./found";
import { LastReplacements } from "./LastReplacements";
import { ReplaceForm } from "./ReplaceForm";
import styles from "./replace.module.css";
import { strings } from "./strings";
import { useReplace } from "./use-replace";

export function ReplaceScreen() {
  const { wish, setWish, preview, problem, isLooking, leftOut, setLeftOut, isReplacing, skipped, replace, undo } =
    useReplace();
  const chosen = preview ? chosenOf(preview, leftOut) : 0;
  const found = useMemo(() => (preview ? foundIn(preview) : []), [preview]);
  const isOfField = problem?.field === "find" || problem?.field === "replace";
  return (
    <Screen
      label={strings.label}
      header={
        <>
          <h1 className={styles.heading}>{strings.title}</h1>
          <span className={styles.total} aria-live="polite">
            {preview && strings.found(preview.occurrences_total, preview.walkthroughs.length, preview.snippets.length)}
          </span>
          <span className={styles.spring} />
          <Button
            variant="primary"
            icon={IconReplace}
            disabled={chosen === 0 || isReplacing || isLooking}
            onClick={() => void replace()}
          >
            {isReplacing ? strings.replacing : strings.replace(chosen)}
          </Button>
        </>
      }
    >
      <div className={styles.page}>
        <ReplaceForm wish={wish} problem={problem} onWish={setWish} />
        {preview?.notes.map((note) => (
          <p key={note} className={styles.note}>
            {note}
          </p>
        ))}
        {skipped.length > 0 && (
          <details className={styles.skipped}>
            <summary>{strings.skipped(skipped.length)}</summary>
            <ul>
              {skipped.map(({ id, title, place }) => (
                <li key={`${id} ${place.step?.id} ${place.part} ${place.message}`}>
                  {title}
                  {place.step && ` · ${strings.step(place.step.number, place.step.title)}`}: {place.message}
                </li>
              ))}
            </ul>
          </details>
        )}
        {problem && !isOfField && <Failure error={problem} />}
        {found.length > 0 && <FoundList walkthroughs={found} leftOut={leftOut} onLeaveOut={setLeftOut} />}
        {preview && found.length === 0 && (
          <Notice title={strings.nothing} text={strings.nothingText}>
            {null}
          </Notice>
        )}
        {!preview && !problem && wish.pattern.find === "" && (
          <>
            <Notice title={strings.start} text={strings.startText} />
            <LastReplacements onUndo={(id) => void undo(id)} />
          </>
        )}
      </div>
    </Screen>
  );
}
