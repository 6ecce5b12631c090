// What the agent knows before anything is said: the server's instructions and its tools.

import type { Preface } from "../../ipc";
import { strings } from "./strings";
import { CallRow } from "./TurnView";
import { Json } from "./Wire";
import styles from "./wire.module.css";

type PrefaceViewProps = { preface: Preface; isOpen: boolean; onToggle: () => void };

export function PrefaceView({ preface, isOpen, onToggle }: PrefaceViewProps) {
  const { instructions, tools, request, response, tokens } = preface;
  return (
    <CallRow
      name="tools/list"
      argument={strings.tools(tools.length)}
      label={strings.unfoldPreface}
      tokens={tokens}
      isOpen={isOpen}
      onToggle={onToggle}
    >
      <p className={styles.instructions}>{instructions}</p>
      <dl className={styles.known}>
        {tools.map(({ name, description }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{description}</dd>
          </div>
        ))}
      </dl>
      <Json name={strings.request} copyLabel={strings.copyRequest} text={request} />
      <Json name={strings.response} copyLabel={strings.copyResponse} text={response} />
    </CallRow>
  );
}
