// The writer's own metadata, as text: the host reads it, so that no number is changed on the way.

import { useId, useState } from "react";
import { problemOf, type Step } from "../../ipc";
import { Button } from "../../ui/Button";
import { Words } from "../../ui/Words";
import styles from "./details.module.css";
import { useEditor } from "./editor";
import { strings } from "./strings";
import { useMetadata } from "./use-metadata";

type MetadataProps = {
  /** Of one step; null: of the walkthrough itself. */
  step: Step | null;
  name: string;
  about: string;
};

export function Metadata({ step, name, about }: MetadataProps) {
  const { walkthrough } = useEditor();
  const { metadata } = step ?? walkthrough;
  const { value, error: found, change, flush, drop } = useMetadata(step);
  const label = useId();
  // Half of it is no JSON yet: nobody is told so while they type.
  const [isTyping, setTyping] = useState(false);
  const error = isTyping ? null : found;
  const place = /line (\d+) column (\d+)/.exec(error?.message ?? "");
  const show = (input: HTMLTextAreaElement | null) => {
    if (!input || !place) return;
    const before = value.split("\n").slice(0, Number(place[1]) - 1);
    const at = before.reduce((sum, line) => sum + line.length + 1, 0) + Number(place[2]) - 1;
    input.focus();
    input.setSelectionRange(Math.max(at - 1, 0), at);
  };
  return (
    <div>
      {step === null && (
        <label className={styles.label} htmlFor={label}>
          {name}
        </label>
      )}
      <p className={styles.about}>
        {about} {metadata?.includes('"waymark"') && strings.metadataOwn}
      </p>
      <textarea
        id={label}
        aria-label={name}
        className={styles.json}
        rows={Math.min(Math.max(value.split("\n").length, 3), 24)}
        spellCheck={false}
        placeholder={'{\n  "team": "docs"\n}'}
        value={value}
        aria-invalid={error !== null}
        aria-describedby={error ? `${label}-problem` : undefined}
        onChange={(event) => {
          setTyping(true);
          change(event.target.value);
        }}
        onBlur={() => {
          setTyping(false);
          flush();
        }}
      />
      {error && (
        <div id={`${label}-problem`} className={styles.jsonProblem} role="alert">
          <span>
            <Words>{problemOf(error) ?? ""}</Words>
          </span>
          {place && (
            <Button
              variant="quiet"
              onClick={() => {
                const input = document.getElementById(label);
                show(input instanceof HTMLTextAreaElement ? input : null);
              }}
            >
              {strings.showPlace}
            </Button>
          )}
          <Button variant="quiet" onClick={drop}>
            {strings.dropChange}
          </Button>
        </div>
      )}
    </div>
  );
}
