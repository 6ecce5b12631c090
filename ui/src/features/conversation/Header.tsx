import { IconDeviceFloppy, IconRefresh, IconRobot } from "@tabler/icons-react";
import type { Profile, Scenario, WalkthroughId } from "../../ipc";
import { hrefTo, navigate } from "../../lib/route";
import { showWhole } from "../../lib/whole";
import { Button } from "../../ui/Button";
import { useKeysFor } from "../../ui/keymap";
import { Pill } from "../../ui/Pill";
import { Tooltip } from "../../ui/Tooltip";
import { Choice } from "./Choice";
import styles from "./conversation.module.css";
import { strings } from "./strings";
import type { Conversing } from "./use-conversation";

const scenarios = Object.keys(strings.scenarios) as Scenario[];
const profiles = Object.keys(strings.profiles) as Profile[];

type HeaderProps = {
  id: WalkthroughId;
  title: string;
  conversing: Conversing;
  /** There is nothing to play. */
  isIdle: boolean;
  /** Another conversation is played. */
  onOther: () => void;
  onSave: () => void;
};

export function Header({ id, title, conversing, isIdle, onOther, onSave }: HeaderProps) {
  const { view, total, restart } = conversing;
  const { scenario, profile } = view.script;
  const choose = (next: Scenario, tools: Profile) => {
    onOther();
    conversing.choose(next, tools);
  };
  const saveKeys = useKeysFor("save-conversation");
  const restartKeys = useKeysFor("restart-conversation");
  return (
    <>
      <nav className={styles.path} aria-label={strings.path}>
        <a className={styles.back} href={hrefTo({ screen: "library" })}>
          {strings.library}
        </a>
        <span aria-hidden>/</span>
        <h1 className={styles.heading}>
          <a className={styles.title} href={hrefTo({ screen: "editor", id, step: null })} onPointerEnter={showWhole}>
            {title}
          </a>
        </h1>
        <Pill>{strings.conversation.toLowerCase()}</Pill>
      </nav>
      <span className={styles.spring} />
      {!isIdle && (
        <span className={styles.tools}>
          <Choice
            label={strings.profile}
            face={strings.profiles[profile]}
            value={profile}
            choices={profiles.map((value) => ({ value, label: strings.profiles[value] }))}
            onChoose={(value) => choose(scenario, value)}
          />
          <Choice
            label={strings.scenario}
            face={strings.scenarioIs(strings.scenarios[scenario])}
            value={scenario}
            choices={scenarios.map((value) => ({ value, label: strings.scenarios[value] }))}
            onChoose={(value) => choose(value, profile)}
          />
          <Button variant="quiet" icon={IconRobot} onClick={() => navigate({ screen: "agent-runs", id })}>
            {strings.tryModel}
          </Button>
          <Tooltip text={strings.restart} shortcut={restartKeys}>
            <Button variant="quiet" icon={IconRefresh} onClick={restart}>
              {strings.restart}
            </Button>
          </Tooltip>
          <Tooltip text={strings.saveTitle} shortcut={saveKeys}>
            <Button variant="quiet" icon={IconDeviceFloppy} disabled={total === 0} onClick={onSave}>
              {strings.save}
            </Button>
          </Tooltip>
        </span>
      )}
    </>
  );
}
