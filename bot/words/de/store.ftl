### Was es nicht gibt, oder was gerade nicht geht. { $project }, { $item } und ähnliche sind Kürzel.

store-no-project = Das Projekt { $project } gibt es nicht.
store-no-item = Im Projekt { $project } gibt es keinen Eintrag { $item }.
store-no-round = Das Projekt { $project } hat keine Runde { $round }.
store-no-query = Die Frage { $query } gibt es nicht.
store-no-model = Das Modell { $version } gibt es nicht.
store-no-report = Das Projekt { $project } hat zu diesem Zeitpunkt keinen geplanten Bericht.
store-no-message = Die Nachricht { $key } gibt es nicht.
# { $state }: closing, closed.
store-round-over = Runde { $round } { $state ->
        [closing] wird schon abgeschlossen
       *[closed] ist schon abgeschlossen
    }.
store-model-gone = Das Modell { $version } ist nicht (mehr) aufbewahrt.
store-model-current = { $version } ist schon das aktuelle Modell.

# Nachrichten, nach denen mit ihrem Schlüssel gefragt wird.
message-unknown = Von Nachrichten wie { $key } ist nichts bekannt.
message-no-report = Von einem Bericht { $key } ist nichts bekannt.
message-no-export = Von einem Export { $key } ist nichts bekannt.
message-nothing-waits = Auf diese Person wartet nichts mehr.
