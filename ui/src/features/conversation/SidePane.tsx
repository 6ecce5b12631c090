// What stays in view beside the conversation: how things stand, what could happen instead, what was saved.

import type { WalkthroughId } from "../../ipc";
import type { Beside } from "./beside";
import { CompareSection } from "./CompareSection";
import { Otherwise } from "./Otherwise";
import { SavedList } from "./SavedList";
import { StateView } from "./StateView";
import styles from "./side.module.css";
import type { Conversing } from "./use-conversation";

type SidePaneProps = {
  id: WalkthroughId;
  conversing: Conversing;
  beside: Beside | null;
  onBeside: (beside: Beside | null) => void;
};

export function SidePane({ id, conversing, beside, onBeside }: SidePaneProps) {
  const { turn } = conversing;
  return (
    <div className={styles.side}>
      {turn && !beside && (
        <>
          <StateView id={id} conversing={conversing} turn={turn} />
          <Otherwise conversing={conversing} turn={turn} />
        </>
      )}
      <SavedList id={id} conversing={conversing} beside={beside} onBeside={onBeside} />
      <CompareSection beside={beside} onBeside={onBeside} />
    </div>
  );
}
