### Help while labelling: what the labels mean, and why an item is asked.

guidance-none = This project has no guidelines yet. Its leads can write some.
guidance-why = Why am I asked?

## Why an item is asked

# While its round is open. $asked is one of the looks-… below; $others: what else the round asks for.
guidance-open = { $others ->
        [measured] This round asks for { $asked }, and some that are drawn by chance to measure how good the model is. { guidance-told-later }
        [checked] This round asks for { $asked }, and some that serve to check answers that are there already. { guidance-told-later }
        [both] This round asks for { $asked }, and some that are drawn by chance to measure how good the model is, and some that serve to check answers that are there already. { guidance-told-later }
       *[none] This round asks for { $asked }.
    }
guidance-told-later = Which one this is will be told here when the round is closed.

# When it is over.
guidance-audit = It was drawn by chance, to measure how good the model is, and was not learned from while it measured.
guidance-known = Its answer was known. Such items are mixed in now and then, to see how well people and known answers agree.
guidance-again = It had been asked before, and one more opinion was wanted ({ $note }).
guidance-chosen = It was chosen to learn from. Asked for were { $asked }.
guidance-chosen-so = It was chosen to learn from. Asked for were { $asked } ({ $note }).

guidance-score = *The model's score for { $label }:* { $score }
guidance-words = *Words that weigh most for the model*
# Behind a word of the item.
guidance-pull = { $strength ->
        [strong] pulls strongly { $side ->
            [to] towards
           *[away] away from
        }
        [little] pulls a little { $side ->
            [to] towards
           *[away] away from
        }
       *[some] pulls { $side ->
            [to] towards
           *[away] away from
        }
    } { $label }

# Facts in small print; several of these stand side by side.
guidance-model = model { $version }
guidance-no-model = no model yet
guidance-rank = number { $rank } on the list of items worth asking
guidance-chance = an item like this had a { $chance } chance of being drawn
guidance-judge = The model is often wrong about the items that it asks for: your own judgement is what counts.

## What a strategy looks for, in words that need no statistics. Stands behind "asks for".

looks-stands-for-many = items that the model is unsure about and that stand for many others
looks-least-sure = items that the model is least sure about
looks-two-labels = items where the model can hardly decide between two labels
looks-little-confidence = items where the model has little confidence in its best guess
looks-likely = items that may well be among the rare ones that are looked for
looks-mixture = a mixture of items that the model is unsure about, likely hits, and some by chance
looks-disagree = items about which several models disagree
looks-mends = items whose answer is expected to mend most of the model's mistakes elsewhere
looks-keywords = items with one of the keywords that this project began with
looks-typical = items that are typical for many others
looks-chance = items drawn by chance
looks-unknown = what the strategy { $strategy } chooses
