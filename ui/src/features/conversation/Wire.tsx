// What is on the wire: the request and the answer, or the answer's text with where each line came from.

import { IconCopy } from "@tabler/icons-react";
import type { TurnDetail } from "../../ipc";
import { type Stored, stored, useStored } from "../../lib/stored";
import { AgentSheet } from "../../ui/AgentSheet";
import { IconButton } from "../../ui/Button";
import { Tabs } from "../../ui/Tabs";
import { tell } from "../../ui/tell";
import { strings } from "./strings";
import styles from "./wire.module.css";

type WireView = "json" | "text";
const isView = (value: unknown): value is WireView => value === "json" || value === "text";
const wireView: Stored<WireView> = stored<WireView>("wire-view", "json", isView);

export function Wire({ detail: { request, response, segments } }: { detail: TurnDetail }) {
  const [view, setView] = useStored(wireView);
  const text = () => segments.map((segment) => segment.text).join("");
  return (
    <>
      <div className={styles.bar}>
        <Tabs
          label={strings.wireViews}
          value={view}
          onChoose={setView}
          tabs={[
            { value: "json", label: strings.wire },
            { value: "text", label: strings.agentText },
          ]}
        />
        {view === "text" && <IconButton label={strings.copyText} icon={IconCopy} onClick={() => copy(text())} />}
      </div>
      {view === "json" ? (
        <>
          {request && <Json name={strings.request} copyLabel={strings.copyRequest} text={request} />}
          {response && <Json name={strings.response} copyLabel={strings.copyResponse} text={response} />}
        </>
      ) : (
        <div className={styles.sheet}>
          <AgentSheet agent={segments} />
        </div>
      )}
    </>
  );
}

/** So many characters are shown; all of them are copied. */
const shownMax = 60_000;

export function Json({ name, copyLabel, text }: { name: string; copyLabel: string; text: string }) {
  return (
    <figure className={styles.json}>
      <figcaption className={styles.caption}>
        {name}
        <IconButton label={copyLabel} icon={IconCopy} onClick={() => copy(text)} />
      </figcaption>
      <pre className={styles.code}>{text.slice(0, shownMax)}</pre>
      {text.length > shownMax && <p className={styles.cut}>{strings.cut(text.length - shownMax)}</p>}
    </figure>
  );
}

function copy(text: string): void {
  void navigator.clipboard.writeText(text).then(() => tell(strings.copied));
}
