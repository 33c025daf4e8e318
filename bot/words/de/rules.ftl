### Was an den Einstellungen eines Projekts nicht geht. Steht neben dem Feld eines Formulars und in der Kommandozeile.

rules-language = Die Sprache { $given } gibt es nicht; es gibt { $known }.
