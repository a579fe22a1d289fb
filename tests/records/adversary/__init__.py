"""An adversary of the whole product: short histories on a real store, real keys, a real vault.

`base` has the office in which every history begins, and the plain schedule of its records; `deeds`
and `commands` how each thing is done by `Library`, by a command, by a command in a process of its
own. `acts` tries things at random, honestly and not; `thief` and `pushes` write what no rule allows
into a clone by plain Git, and push it into the library (`sieges`: what stands before, and after).
`book` keeps what really happened on which day, and `law` tells from it which payload may be gone;
`history` plays one history and looks at the vault after every act.

One person's clock may be wrong. Nobody can know a clock that is set back as long as nothing else
happens in the library: whoever has one is believed as far back as the last change. And the window
before a disposal is carried out ends by the clock of the machine that carries it out.
"""
