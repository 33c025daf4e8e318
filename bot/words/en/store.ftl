### What is not there, or does not go with how things stand now. { $project }, { $item } and the like are ids.

store-no-project = There is no project { $project }.
store-no-item = Project { $project } has no item { $item }.
store-no-round = Project { $project } has no round { $round }.
store-no-query = There is no query { $query }.
store-no-model = There is no model { $version }.
store-no-report = Project { $project } has no scheduled report of that moment.
store-no-message = There is no message { $key }.
# { $state }: closing, closed.
store-round-over = Round { $round } is { $state } already.
store-model-gone = The model version { $version } is not kept (any more).
store-model-current = { $version } is the current version already.

# Messages that are asked for by their key.
message-unknown = Nothing is known of messages like { $key }.
message-no-report = Nothing is known of a report { $key }.
message-no-export = Nothing is known of an export { $key }.
message-nothing-waits = Nothing waits for that person any more.
