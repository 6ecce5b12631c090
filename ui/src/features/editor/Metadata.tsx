// The writer's own metadata, as text: the host reads it, so that no number is changed on the way.

import { useQuery } from "@tanstack/react-query";
import { useId, useState } from "react";
import { asWaymarkError, commands, type WaymarkError } from "../../ipc";
import { Button } from "../../ui/Button";
import { Words } from "../../ui/Words";
import styles from "./details.module.css";
import { useEditor } from "./editor";
import { strings } from "./strings";

export function Metadata() {
  const { session, walkthrough } = useEditor();
  const { id, metadata } = walkthrough;
  const of = { walkthrough: id, step: null };
  const saved = useQuery({ queryKey: ["metadata", id, metadata], queryFn: () => commands.showMetadata(of) }).data;
  const [typed, setTyped] = useState<string | null>(null);
  const [error, setError] = useState<WaymarkError | null>(null);
  const label = useId();
  const value = typed ?? saved ?? "";
  const save = async () => {
    if (typed === null) return;
    try {
      await session.write(() => session.host.enterMetadata({ of, text: typed }));
      setTyped(null);
      setError(null);
    } catch (thrown) {
      setError(asWaymarkError(thrown));
    }
  };
  const drop = () => {
    setTyped(null);
    setError(null);
    session.giveUp();
  };
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
      <label className={styles.label} htmlFor={label}>
        {strings.metadata}
      </label>
      <p className={styles.about}>
        {strings.metadataAbout} {metadata?.includes('"waymark"') && strings.metadataOwn}
      </p>
      <textarea
        id={label}
        className={styles.json}
        rows={Math.min(Math.max(value.split("\n").length, 3), 24)}
        spellCheck={false}
        placeholder={'{\n  "team": "docs"\n}'}
        value={value}
        aria-invalid={error !== null}
        aria-describedby={error ? `${label}-problem` : undefined}
        onChange={(event) => {
          setTyped(event.target.value);
          setError(null);
        }}
        onBlur={() => void save()}
      />
      {error && (
        <div id={`${label}-problem`} className={styles.jsonProblem} role="alert">
          <span>
            <Words>{`${error.message} ${error.hint ?? ""}`}</Words>
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
