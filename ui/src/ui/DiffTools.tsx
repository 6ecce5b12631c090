// How differences are shown: as written or as the agent sees it, below each other or side by side.

import { useStored } from "../lib/stored";
import { diffLayout, diffView } from "./Diff";
import styles from "./diff.module.css";
import { strings } from "./strings";
import { Tabs } from "./Tabs";

export function DiffTools() {
  const [view, setView] = useStored(diffView);
  const [layout, setLayout] = useStored(diffLayout);
  return (
    <div className={styles.tools}>
      <Tabs
        label={strings.diffView}
        value={view}
        onChoose={setView}
        tabs={[
          { value: "written", label: strings.asWritten },
          { value: "agent", label: strings.asAgent },
        ]}
      />
      <Tabs
        label={strings.diffLayout}
        value={layout}
        onChoose={setLayout}
        tabs={[
          { value: "inline", label: strings.inline },
          { value: "split", label: strings.sideBySide },
        ]}
      />
    </div>
  );
}
