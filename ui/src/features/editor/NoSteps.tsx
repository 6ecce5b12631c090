import { IconPlus } from "@tabler/icons-react";
import { Button } from "../../ui/Button";
import { useKeysFor } from "../../ui/keymap";
import { Notice } from "../../ui/Notice";
import { useEditor } from "./editor";
import { insertBelow } from "./steps/step-actions";
import { strings } from "./strings";

/** A walkthrough without steps. */
export function NoSteps() {
  const editor = useEditor();
  return (
    <Notice title={strings.noStepsTitle} text={strings.noStepsText}>
      <Button
        variant="primary"
        icon={IconPlus}
        shortcut={useKeysFor("insert-step")}
        onClick={() => insertBelow(editor)}
        autoFocus
      >
        {strings.addStep}
      </Button>
    </Notice>
  );
}
