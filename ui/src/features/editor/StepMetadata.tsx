// Metadata of one step, folded away until somebody wants it: the host reads it, so that no number is changed on the way.

import { useQuery } from "@tanstack/react-query";
import { useEffect, useId, useRef, useState } from "react";
import { asWaymarkError, commands, type Step, type WaymarkError } from "../../ipc";
import { kept, useStored } from "../../lib/stored";
import { holdUnsaved } from "../../lib/unsaved";
import { Button } from "../../ui/Button";
import { tellError } from "../../ui/tell";
import { Words } from "../../ui/Words";
import styles from "./details.module.css";
import { useEditor } from "./editor";
import { stepMetadataShown } from "./folded";
import { strings } from "./strings";

export function StepMetadata({ step }: { step: Step }) {
  const [isShown, setShown] = useStored(stepMetadataShown);
  return (
    <details className={styles.folded} open={isShown} onToggle={(event) => setShown(event.currentTarget.open)}>
      <summary>{strings.stepMetadata}</summary>
      {isShown && <Entered key={step.id} step={step} />}
    </details>
  );
}

function Entered({ step: { id: step, metadata } }: { step: Step }) {
  const { session, walkthrough } = useEditor();
  const of = { walkthrough: walkthrough.id, step };
  const saved = useQuery({
    queryKey: ["metadata", walkthrough.id, step, metadata],
    queryFn: () => commands.showMetadata(of),
  }).data;
  const { typed, error, type, save, drop } = useEntered(`${walkthrough.id} ${step}`, (text) =>
    session.write(() => session.host.enterMetadata({ of, text })),
  );
  const label = useId();
  const value = typed ?? saved ?? "";
  return (
    <div>
      <p className={styles.about} id={`${label}-about`}>
        {strings.stepMetadataAbout} {metadata?.includes('"waymark"') && strings.metadataOwn}
      </p>
      <textarea
        className={styles.json}
        rows={Math.min(Math.max(value.split("\n").length, 3), 24)}
        spellCheck={false}
        placeholder={'{\n  "owner": "docs"\n}'}
        aria-label={strings.stepMetadata}
        aria-describedby={error ? `${label}-problem` : `${label}-about`}
        aria-invalid={error !== null}
        disabled={saved === undefined && typed === null}
        value={value}
        onChange={(event) => type(event.target.value)}
        onBlur={() => void save().catch(() => undefined)}
      />
      {error && (
        <div id={`${label}-problem`} className={styles.jsonProblem} role="alert">
          <span>
            <Words>{`${error.message} ${error.hint ?? ""}`}</Words>
          </span>
          <Button
            variant="quiet"
            onClick={() => {
              drop();
              session.giveUp();
            }}
          >
            {strings.dropChange}
          </Button>
        </div>
      )}
    </div>
  );
}

/** What could not be saved when its step was left: it stands there again for whoever comes back. */
const refused = kept<ReadonlyMap<string, string>>(new Map());

function keep(key: string, text: string | null): void {
  const others = new Map(refused.read());
  others.delete(key);
  if (text !== null) others.set(key, text);
  refused.write(others);
}

/** What was entered and is not saved: when it is left, when another step is shown and before the window closes it is. */
function useEntered(key: string, write: (text: string) => Promise<void>) {
  const [typed, setTyped] = useState(refused.read().get(key) ?? null);
  const [error, setError] = useState<WaymarkError | null>(null);
  const latest = useRef({ typed, write });
  useEffect(() => {
    latest.current.write = write;
  }, [write]);
  const become = (text: string | null) => {
    latest.current.typed = text;
    keep(key, null);
    setTyped(text);
    setError(null);
  };
  const [save] = useState(() => async () => {
    const text = latest.current.typed;
    if (text === null) return;
    try {
      await latest.current.write(text);
      if (latest.current.typed === text) become(null);
    } catch (thrown) {
      setError(asWaymarkError(thrown));
      throw thrown;
    }
  });
  useEffect(() => {
    const release = holdUnsaved(save);
    return () => {
      const text = latest.current.typed;
      save().catch((thrown) => {
        keep(key, text);
        tellError(asWaymarkError(thrown));
      });
      release();
    };
  }, [key, save]);
  return { typed, error, type: become, save, drop: () => become(null) };
}
