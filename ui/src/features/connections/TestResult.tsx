import { IconCheck, IconMinus, IconX } from "@tabler/icons-react";
import { useEffect, useRef } from "react";
import type { Connection, ConnectionForm } from "../../ipc";
import { classNames } from "../../lib/class-names";
import { Words } from "../../ui/Words";
import { isReady, type Layer, layersOf, type Outcome } from "./layers";
import { strings } from "./strings";
import styles from "./test-result.module.css";

const marks = { done: IconCheck, failed: IconX, skipped: IconMinus };
const states = { done: strings.layerDone, failed: strings.layerFailed, skipped: strings.layerSkipped };

/** What a test found, from the network to the rights of the role. */
export function TestResult({ outcome, form }: { outcome: Outcome; form: Connection | ConnectionForm }) {
  const ready = isReady(outcome);
  const box = useRef<HTMLDivElement>(null);
  // Below a long form it would be missed.
  useEffect(() => {
    // Newer browsers answer with a promise, which is no clean-up.
    void box.current?.scrollIntoView({ block: "nearest" });
  }, []);
  return (
    <div ref={box} className={styles.result} role="status">
      <p className={classNames(styles.verdict, ready ? styles.good : styles.bad)}>
        {ready ? strings.ready : strings.notReady}
      </p>
      <ol className={styles.layers}>
        {layersOf(outcome, form).map((layer) => (
          <LayerRow key={layer.name} layer={layer} />
        ))}
      </ol>
    </div>
  );
}

function LayerRow({ layer: { name, state, about } }: { layer: Layer }) {
  const Mark = marks[state];
  return (
    <li className={classNames(styles.layer, styles[state])}>
      <Mark size={15} stroke={2} aria-hidden />
      <span>
        {strings.layers[name]}
        <span className="visually-hidden">: {states[state]}</span>
      </span>
      <span className={styles.about}>{about ? <Words>{about}</Words> : state === "skipped" && states.skipped}</span>
    </li>
  );
}
