### Choosing among a project's labels, in the channel and in the queue.

# A button, where items carry several labels: an answer, too.
choices-none = None of these
choices-labels = Choose labels
choices-label = Choose a label
choices-all = Choose all that fit.
choices-tick = Tick all labels that fit, then press { button-save }; or press { choices-none }.
# An answer that is none of the labels, where items carry several.
labels-none = none of these
