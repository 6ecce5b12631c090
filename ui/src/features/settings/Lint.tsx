// What lint looks for in this library: groups of rules, what counts tokens, hosts whose links may be checked, and every rule
// with its reason.

import { useQuery } from "@tanstack/react-query";
import { asWaymarkError, commands, type Group, queries, type Rule } from "../../ipc";
import { Failure } from "../../ui/Notice";
import { Switch } from "../../ui/Switch";
import { Adding } from "./Adding";
import { Entries } from "./Entries";
import { lintStrings as strings } from "./lint-strings";
import { RuleList } from "./RuleList";
import { Section } from "./Section";
import styles from "./settings.module.css";
import { Tokenizer } from "./Tokenizer";
import { useLintChoices } from "./use-lint-choices";

const groups: Group[] = ["wording", "sentences", "link_texts", "tone", "instructions", "spelling"];

/** `rule`: the one that is looked up, or nothing. */
export function Lint({ rule }: { rule: string }) {
  const settings = useQuery(queries.lintSettings());
  const rules = useQuery(queries.lintRules());
  const { attempt, change, undoable } = useLintChoices();
  const failed = [settings, rules].find(({ isError }) => isError);
  if (failed) return <Failure error={asWaymarkError(failed.error)} onRetry={() => void failed.refetch()} />;
  if (!settings.data || !rules.data) return null;
  const { off = [], private_hosts: hosts = [], tokenizer = "o200k_base" } = settings.data;
  const write = commands.changeLintSettings;
  return (
    <>
      {rule === "" && (
        <>
          <Section title={strings.groups} about={strings.groupsAbout}>
            {groups.map((group) => {
              const isOn = !off.includes(group);
              const [on, isOff] = [{ on: [group] }, { off: [group] }];
              return (
                <div key={group} className={styles.row}>
                  <span>
                    {strings.groupNames[group]}
                    <span className={styles.small}>{named(rules.data, group)}</span>
                  </span>
                  <Switch
                    label={strings.groupNames[group]}
                    isOn={isOn}
                    onSwitch={(wanted) => void change(wanted ? on : isOff, wanted ? isOff : on)}
                  />
                </div>
              );
            })}
          </Section>
          <Tokenizer chosen={tokenizer} />
          <Section title={strings.hosts} about={strings.hostsAbout}>
            <Adding
              label={strings.newHost}
              placeholder={strings.newHostPlaceholder}
              action={strings.add}
              onAdd={async (host) => {
                await attempt(() => write({ add_hosts: [host] }));
                return null;
              }}
            />
            <Entries
              label={strings.hosts}
              nothing={strings.noHosts}
              entries={hosts}
              remove={strings.removeHost}
              onRemove={(host) =>
                undoable(
                  () => write({ remove_hosts: [host] }),
                  strings.hostRemoved(host),
                  () => write({ add_hosts: [host] }),
                )
              }
            />
          </Section>
        </>
      )}
      <RuleList rules={rules.data} off={off} rule={rule} />
    </>
  );
}

/** The rules of a group, by number and name. */
const named = (rules: readonly Rule[], group: Group) =>
  rules
    .filter((rule) => rule.group === group)
    .map(({ id, name }) => `${id} ${name}`)
    .join(" · ");
