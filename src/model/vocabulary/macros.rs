//! The [`vocabulary!`](macro@crate::vocabulary) macro: one declaration for the compiler and for run time.

/// Declares kinds, roles, relations and units, as types and constants, and a function that returns
/// them as a [`Vocabulary`](crate::vocabulary::Vocabulary).
///
/// ```text
/// pub fn NAME;                                     the function; first
/// kind K: PARENT, GRANDPARENT;                     a kind and all kinds above it
/// plural kind K: PARENT;                           a kind whose names are plural: groups, families
/// role R = "key": SLOT;                            a named argument and what it takes
/// relation R = "key": SLOT => SLOT, OPTION, ...;   subject and object
/// unit "soldiers" = ["soldier", "troops"];         a unit that counts, and other words for it
/// ```
///
/// A slot is a kind or one of [`Any`](crate::vocabulary::Any), [`AnyClaim`](crate::vocabulary::AnyClaim),
/// [`Text`](crate::vocabulary::Text), [`Number`](crate::vocabulary::Number), [`AnyStatement`](crate::vocabulary::AnyStatement),
/// [`Nothing`](crate::vocabulary::Nothing). The options of a relation are `symmetric`, `interaction` (something the
/// parties do with each other), `state` (it lasts; without it, the relation happens), `implies OTHER`, `inverse OTHER`, `roles [A, B]`,
/// `label ["verb phrase"]` and `codes ["system" = "code"]`; `implies` may come more than once.
///
/// A label may give the forms for plural subjects and for demands, if the rules of English give others:
/// `label ["understood", "understood", "understand"]`. See [`RelationDef::plural_verb`](crate::vocabulary::RelationDef::plural_verb).
///
/// ```
/// use claimgraph::{base::*, date, vocabulary, Claim, ClaimGraph};
///
/// vocabulary! {
///     /// Who plays whom.
///     pub fn football;
///     /// A side.
///     kind Club: Actor, Source, Thing;
///     kind Player: Actor, Source, Thing;
///     role FEE = "fee": claimgraph::vocabulary::Number;
///     relation SIGNS = "signs": Club => Player, interaction, roles [FEE];
/// }
///
/// let mut graph = ClaimGraph::with(&football())?;
/// let club = graph.add(Club, "club")?;
/// let player = graph.add(Player, "player")?;
/// graph.insert(Claim::by(club).asserts(club, SIGNS, player).reported(date(2024, 7, 1)))?;
/// # Ok::<(), claimgraph::Error>(())
/// ```
///
/// A wrong subject does not compile; rustc says *a `Player` is not a `Club`*:
///
/// ```compile_fail
/// # use claimgraph::{base::*, vocabulary, Claim, ClaimGraph};
/// # vocabulary! {
/// #     pub fn football;
/// #     kind Club: Actor, Source, Thing;
/// #     kind Player: Actor, Source, Thing;
/// #     relation SIGNS = "signs": Club => Player;
/// # }
/// # let mut graph = ClaimGraph::with(&football()).unwrap();
/// # let club = graph.add(Club, "club").unwrap();
/// # let player = graph.add(Player, "player").unwrap();
/// Claim::by(club).asserts(player, SIGNS, player);
/// ```
///
/// A kind that leaves out one of the kinds above it does not compile either; here `Actor` brings `Source` and `Thing`:
///
/// ```compile_fail
/// # use claimgraph::{base::*, vocabulary};
/// vocabulary! {
///     pub fn football;
///     kind Club: Actor;
/// }
/// ```
///
/// A relation that implies one which does not take its subject does not compile either:
///
/// ```compile_fail
/// # use claimgraph::{base::*, vocabulary};
/// vocabulary! {
///     pub fn places;
///     relation NEAR = "near": Place => Place;
///     relation LIVES_NEAR = "lives-near": Actor => Place, implies NEAR;
/// }
/// ```
#[macro_export]
macro_rules! vocabulary {
    ($(#[$meta:meta])* $vis:vis fn $name:ident; $($rest:tt)*) => {
        $(#[$meta])*
        ///
        /// Returns what this vocabulary declares, as data.
        $vis fn $name() -> $crate::vocabulary::Vocabulary {
            #[allow(unused_mut)]
            let (mut kinds, mut roles, mut relations, mut units) =
                (::std::vec::Vec::new(), ::std::vec::Vec::new(), ::std::vec::Vec::new(), ::std::vec::Vec::new());
            $crate::vocabulary!(@list kinds roles relations units $($rest)*);
            $crate::vocabulary::Vocabulary::empty().declaring(kinds, roles, relations, units)
        }
        $crate::vocabulary!(@items $($rest)*);
    };

    (@items) => {};
    (@items $(#[$m:meta])* kind $k:ident $(: $($p:ty),+)?; $($rest:tt)*) => {
        $(#[$m])*
        #[doc = concat!("\n\nThe kind `", stringify!($k), "`", $($( " < `", stringify!($p), "`", )+)? ".")]
        #[derive(Clone, Copy, Debug)]
        pub struct $k;
        $crate::vocabulary!(@kind $k $(: $($p),+)?);
        $crate::vocabulary!(@items $($rest)*);
    };
    (@items $(#[$m:meta])* plural kind $($rest:tt)*) => {
        $crate::vocabulary!(@items $(#[$m])* kind $($rest)*);
    };
    (@items $(#[$m:meta])* role $r:ident = $key:literal: $v:ty; $($rest:tt)*) => {
        $(#[$m])*
        #[doc = concat!("\n\nThe role `", $key, "`: `", stringify!($v), "`.")]
        pub const $r: $crate::Role<$v> = $crate::Role::named($key);
        $crate::vocabulary!(@items $($rest)*);
    };
    (@items $(#[$m:meta])* relation $r:ident = $key:literal: $s:ty => $o:ty
        $(, $opt:ident $($one:ident)? $([$($many:tt)*])?)* ; $($rest:tt)*) => {
        $(#[$m])*
        #[doc = concat!("\n\nThe relation `", $key, "`: `", stringify!($s), "` => `", stringify!($o), "`.")]
        pub const $r: $crate::Relation<$s, $o> = $crate::Relation::named($key);
        $($crate::vocabulary!(@assert $r $opt $($one)? $([$($many)*])?);)*
        $crate::vocabulary!(@items $($rest)*);
    };
    (@items unit $key:literal $(= [$($word:literal),* $(,)?])?; $($rest:tt)*) => {
        $crate::vocabulary!(@items $($rest)*);
    };

    // A kind lists all kinds above it: each of those asks it for all that are above that one.
    (@kind $k:ident $(: $($p:ty),+)?) => {
        impl $crate::vocabulary::Kind for $k {
            const KEY: &'static str = stringify!($k);
            const ABOVE: &'static [&'static str] = &[$($(<$p as $crate::vocabulary::Kind>::KEY),+)?];
        }
        impl $crate::vocabulary::IsA<$k> for $k {}
        $($(impl $crate::vocabulary::IsA<$p> for $k {})+)?
        impl $k {
            #[doc(hidden)]
            pub const fn __closed<T>() where T: $crate::vocabulary::IsA<$k> $($(+ $crate::vocabulary::IsA<$p>)+)? {}
        }
        $($(const _: () = <$p>::__closed::<$k>();)+)?
    };

    (@assert $r:ident implies $i:ident) => { const _: () = $r.implying($i); };
    (@assert $r:ident symmetric) => {};
    (@assert $r:ident interaction) => {};
    (@assert $r:ident state) => {};
    (@assert $r:ident inverse $i:ident) => {};
    (@assert $r:ident roles [$($role:tt)*]) => {};
    (@assert $r:ident label [$($label:tt)*]) => {};
    (@assert $r:ident codes [$($code:tt)*]) => {};
    (@assert $r:ident $($other:tt)*) => {
        compile_error!(concat!("unknown option of a relation: ", stringify!($($other)*),
            "; expected symmetric, interaction, state, implies X, inverse X, roles [..], label [..] or codes [..]"));
    };

    (@list $k:ident $ro:ident $re:ident $u:ident) => {};
    (@list $k:ident $ro:ident $re:ident $u:ident $(#[$m:meta])* kind $kind:ident $(: $($p:ty),+)?; $($rest:tt)*) => {
        $k.push($crate::vocabulary::KindDef::new(
            <$kind as $crate::vocabulary::Kind>::KEY, <$kind as $crate::vocabulary::Kind>::ABOVE.iter().copied()));
        $crate::vocabulary!(@list $k $ro $re $u $($rest)*);
    };
    (@list $k:ident $ro:ident $re:ident $u:ident $(#[$m:meta])* plural kind $kind:ident $(: $($p:ty),+)?; $($rest:tt)*) => {
        let mut def = $crate::vocabulary::KindDef::new(
            <$kind as $crate::vocabulary::Kind>::KEY, <$kind as $crate::vocabulary::Kind>::ABOVE.iter().copied());
        def.plural = true;
        $k.push(def);
        $crate::vocabulary!(@list $k $ro $re $u $($rest)*);
    };
    (@list $k:ident $ro:ident $re:ident $u:ident $(#[$m:meta])* role $r:ident = $key:literal: $v:ty; $($rest:tt)*) => {
        $ro.push($crate::vocabulary::RoleDef::new($key, <$v as $crate::vocabulary::Slotted>::slot()));
        $crate::vocabulary!(@list $k $ro $re $u $($rest)*);
    };
    (@list $k:ident $ro:ident $re:ident $u:ident $(#[$m:meta])* relation $r:ident = $key:literal: $s:ty => $o:ty
        $(, $opt:ident $($one:ident)? $([$($many:tt)*])?)* ; $($rest:tt)*) => {
        #[allow(unused_mut)]
        let mut def = $crate::vocabulary::RelationDef::new(
            $key, <$s as $crate::vocabulary::Slotted>::slot(), <$o as $crate::vocabulary::Slotted>::slot());
        $($crate::vocabulary!(@option def $opt $($one)? $([$($many)*])?);)*
        $re.push(def);
        $crate::vocabulary!(@list $k $ro $re $u $($rest)*);
    };
    (@list $k:ident $ro:ident $re:ident $u:ident unit $key:literal $(= [$($word:literal),* $(,)?])?; $($rest:tt)*) => {
        $u.push($crate::vocabulary::UnitDef::count($key, [$($($word),*)?]));
        $crate::vocabulary!(@list $k $ro $re $u $($rest)*);
    };

    (@option $d:ident symmetric) => { $d.symmetric = true; };
    (@option $d:ident interaction) => { $d.interaction = true; };
    (@option $d:ident state) => { $d.state = true; };
    (@option $d:ident implies $i:ident) => { $d.implies.push($i.key().into()); };
    (@option $d:ident inverse $i:ident) => { $d.inverse = ::std::option::Option::Some($i.key().into()); };
    (@option $d:ident roles [$($role:ident),* $(,)?]) => { $($d.roles.push($role.key().into());)* };
    (@option $d:ident label [$label:literal $(, $plural:literal $(, $base:literal)?)?]) => {
        $d.label = ::std::option::Option::Some($label.into());
        $(
            $d.plural = ::std::option::Option::Some($plural.into());
            $($d.base = ::std::option::Option::Some($base.into());)?
        )?
    };
    (@option $d:ident codes [$($system:literal = $code:literal),* $(,)?]) => {
        $($d.codes.push(($system.into(), $code.into()));)*
    };
    (@option $d:ident $($other:tt)*) => {};
}
