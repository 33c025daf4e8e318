### What is wrong with a project's settings. Shown beside a form's field and on the command line.

rules-language = There is no language { $given }; there are { $known }.
rules-name-empty = '{ $given }' has no letter or digit to make an id of; give the project another name.
rules-labels-few = A project needs at least two labels, none of them empty, e.g. negative and other.
rules-labels-many = A project has at most { $most } labels, as many as fit into a menu; these are { $given }.
rules-labels-same = Two labels are the same; each needs its own name.
rules-labels-controls = A label has control characters in it.
rules-label-long = The label '{ $label }…' is longer than the 75 characters that a Slack button takes.
rules-positive = The positive class '{ $given }' is not one of the labels ({ $labels }).
rules-guideline-of = There is a guideline for '{ $label }', which is none of the labels ({ $labels }).
rules-guideline-long = The guideline for '{ $label }' has { $given } characters; 1 to { $most } can be shown.
rules-emoji-name = '{ $given }' is not the name of an emoji, like white_check_mark.
rules-emoji-twice = The emoji { $emoji } stands for two labels; each needs its own.
rules-emoji-several = The emoji { $emoji } would stand for '{ $label }', which is no label here, as items may have several.
rules-emoji-label = The emoji { $emoji } would stand for '{ $label }', which is none of the labels.
rules-audit = { $audit } audit items don't fit into a batch of { $batch }; ask for more items in a round, or for fewer audit items.
# A person's or a user group's id, as Slack shows it in a profile.
rules-no-id = '{ $given }' is no id of a person (U…) or a user group (S…); copy it from the profile in Slack.
rules-unknown-person = Slack knows nobody by the id { $given }; copy it from the profile there.
rules-observers = Nobody can lead or label and only look on at once; take the person out of one of the lists.

## When something is due

rules-timezone = '{ $given }' is not a time zone; give an IANA name such as Europe/Berlin or UTC.
rules-schedule = '{ $given }' is not a schedule; give five fields, minute hour day month weekday, e.g. '0 9 * * 1-5'.
rules-schedule-never = '{ $given }' never fires; check its day and month.
rules-reports-often = '{ $given }' comes more often than once an hour, more than anybody reads; give one minute of the hour, e.g. '0 9 * * 1'.

## Values that a setting can't have; the field is its name.

rules-too-long = { $field }: at most { $most ->
        [one] 1 character
       *[other] { $most } characters
    }; make it shorter.
rules-one-of = { $field } can't be '{ $given }'; choose { $known }.
rules-at-least = { $field } can't be { $given }; it should be greater than or equal to { $least }.
rules-at-most = { $field } can't be { $given }; it should be less than or equal to { $most }.
rules-can-not-be = { $field } can't be '{ $given }'.

## Targets and strategies

rules-target-unknown = '{ $given }' is no target; write f1, precision>=0.9, recall>=0.8 or cost:5 (a miss costs 5 false alarms).
rules-target-cost = The cost of a miss must be more than 0 false alarms.
# figure: precision or recall
rules-target-share = { $figure } must be wanted between 0 and 1, not at { $given }.
rules-strategy-unknown = There is no query strategy '{ $given }'; there are { $known }.
rules-strategy-shares = '{ $given }' can't be read; write three shares that make 1 in all: uncertain, likely positive, random, as in hybrid:0.6,0.3,0.1.
rules-strategy-cap = '{ $given }' can't be read; write how many items of a batch may come from one cluster, 1 or more, after any strategy, as in entropy:cap=3.
rules-strategy-one-question = { $given } weighs the answers to one question only; for items with several labels take another strategy, e.g. default, entropy or committee.

## What a slow strategy costs

rules-cost = { $strategy } thinks for { $times } in each round, on one core and whatever the pool's size (entropy: { $quick } s in { $items } items); on real data it brought nothing over entropy.
rules-cost-both = { $one } and { $other }
rules-cost-time = { $time } with { $labels } labels
rules-cost-seconds = about { $time } s
rules-cost-minutes = about { $time } min
