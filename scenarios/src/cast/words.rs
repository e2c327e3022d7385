//! The closed lists of words that may stand in 「」.

/// Declares an enum whose values are the words of one list of `features/README.md`.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident of $list:literal { $($(#[$word_doc:meta])* $variant:ident = $word:literal;)+ }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name {
            $($(#[$word_doc])* $variant,)+
        }

        impl $name {
            /// Every word of the list, in the order of the page.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The word as a scenario writes it.
            #[must_use]
            pub const fn word(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str(self.word())
            }
        }

        impl std::str::FromStr for $name {
            type Err = crate::cast::CastError;

            fn from_str(word: &str) -> Result<Self, Self::Err> {
                let known = Self::ALL.iter().copied().find(|known| known.word() == word);
                known.ok_or_else(|| crate::cast::CastError::UnknownWord {
                    list: $list,
                    word: word.to_owned(),
                })
            }
        }
    };
}

pub(super) use words;
