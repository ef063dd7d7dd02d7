//! The schemes of authentication, each a row of one table: all that any room knows of one.
//!
//! In: nothing. Out: [`SCHEMES`]. A new scheme is a row here, and a row and a function in the runtime (`auth/schemes.rs`);
//! no other file has to be touched, and a test compares the two tables. What is sent of a scheme is the runtime's business.

use std::fmt;

/// A scheme of authentication; its parameters go by the names that Postman has for them.
pub struct Scheme {
    /// Its name, which is that of the runtime's `AuthKind` too.
    pub name: &'static str,
    /// Its name in a collection.
    pub postman: &'static str,
    /// Parameters that are secret by themselves.
    pub secrets: &'static [&'static str],
    /// Parameters that say who calls: no secret, but part of what the caller gives.
    pub identities: &'static [&'static str],
    /// What becomes of parameters that are objects or lists.
    pub objects: Objects,
    /// The methods of a client's builder that take its credential, the usual one first.
    pub methods: &'static [Method],
    /// The feature of the runtime that it needs; `None` if it is always there.
    pub feature: Option<&'static str>,
    /// The parameter that names an algorithm, of which some sign with a private key.
    pub algorithm: Option<&'static str>,
    /// What its credential is, as documentation begins.
    pub docs: &'static str,
    /// What calls take.
    pub takes: Takes,
    /// How a cURL command shows it, if it has no parameters; `None` where that is not certain.
    pub command: Option<Command>,
}

/// A method of a client's builder.
#[derive(Clone, Copy, Debug)]
pub struct Method {
    /// Its name.
    pub name: &'static str,
    /// The function of the runtime's `Credential` that it calls.
    pub constructor: &'static str,
    /// Its arguments, and the parameter that each is.
    pub args: &'static [(&'static str, &'static str)],
}

/// What becomes of parameters that are objects or lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Objects {
    /// The text that JavaScript makes of them.
    Text,
    /// Their JSON.
    Json,
}

/// What a call takes to be made at all, but for a saved one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Takes {
    /// Nothing: without a credential it is sent as it is.
    Nothing,
    /// A credential, to sign with.
    Credential,
    /// A credential that is a real key: what a collection holds in its place is refused.
    Key,
}

/// A part of a cURL command.
#[derive(Clone, Copy, Debug)]
pub struct Command {
    /// The line.
    pub line: &'static str,
    /// What an example gives to the first method, to see that it is not shown.
    pub credential: &'static [&'static str],
}

impl Scheme {
    /// The scheme of this name in a collection.
    pub fn of_postman(name: &str) -> Option<&'static Self> {
        SCHEMES.iter().find(|scheme| scheme.postman == name)
    }

    /// The scheme of this name.
    pub fn named(name: &str) -> Option<&'static Self> {
        SCHEMES.iter().find(|scheme| scheme.name == name)
    }

    /// Whether a parameter is secret by itself.
    pub fn is_secret(&self, param: &str) -> bool {
        self.secrets.contains(&param)
    }

    /// Whether a parameter is part of what the caller gives as a credential.
    pub fn is_credential(&self, param: &str) -> bool {
        self.is_secret(param) || self.identities.contains(&param)
    }

    /// The method that takes a parameter, and which of its arguments that is.
    pub fn slot(&self, param: &str) -> Option<(&'static str, usize)> {
        self.methods.iter().find_map(|method| {
            let argument = method.args.iter().position(|(_, name)| *name == param)?;
            Some((method.name, argument))
        })
    }

    /// Whether calls fail without a credential, but for saved ones.
    pub fn signs(&self) -> bool {
        match self.takes {
            Takes::Nothing => false,
            Takes::Credential | Takes::Key => true,
        }
    }
}

impl fmt::Debug for Scheme {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}

impl PartialEq for Scheme {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Eq for Scheme {}

/// All schemes.
pub static SCHEMES: [Scheme; 12] = [
    Scheme {
        name: "Bearer",
        postman: "bearer",
        secrets: &["token"],
        identities: &[],
        objects: Objects::Text,
        methods: &[Method {
            name: "bearer_token",
            constructor: "bearer",
            args: &[("token", "token")],
        }],
        feature: None,
        algorithm: None,
        docs: "The bearer token",
        takes: Takes::Nothing,
        command: Some(Command {
            line: "--header \"Authorization: Bearer ${TOKEN}\"",
            credential: &["a token of theirs"],
        }),
    },
    Scheme {
        name: "Basic",
        postman: "basic",
        secrets: &["password"],
        identities: &["username"],
        objects: Objects::Text,
        methods: &[Method {
            name: "basic_auth",
            constructor: "basic",
            args: &[("username", "username"), ("password", "password")],
        }],
        feature: None,
        algorithm: None,
        docs: "User name and password",
        takes: Takes::Nothing,
        command: Some(Command {
            line: "--user \"${USERNAME}:${PASSWORD}\"",
            credential: &["a name of theirs", "a password of theirs"],
        }),
    },
    Scheme {
        name: "ApiKey",
        postman: "apikey",
        secrets: &["value"],
        identities: &[],
        objects: Objects::Text,
        methods: &[Method {
            name: "api_key",
            constructor: "api_key",
            args: &[("value", "value")],
        }],
        feature: None,
        algorithm: None,
        docs: "The API key",
        takes: Takes::Nothing,
        command: None,
    },
    Scheme {
        name: "OAuth2",
        postman: "oauth2",
        secrets: &["accessToken", "clientSecret", "password", "refreshToken", "code"],
        identities: &["username"],
        objects: Objects::Text,
        methods: &[Method {
            name: "bearer_token",
            constructor: "bearer",
            args: &[("token", "accessToken")],
        }],
        feature: None,
        algorithm: None,
        docs: "The OAuth 2.0 access token",
        takes: Takes::Nothing,
        command: Some(Command {
            line: "--header \"Authorization: Bearer ${ACCESS_TOKEN}\"",
            credential: &["a token of theirs"],
        }),
    },
    Scheme {
        name: "OAuth1",
        postman: "oauth1",
        secrets: &["consumerSecret", "token", "tokenSecret", "privateKey"],
        identities: &["consumerKey"],
        objects: Objects::Text,
        methods: &[Method {
            name: "oauth1",
            constructor: "oauth1",
            args: &[
                ("consumer_key", "consumerKey"),
                ("consumer_secret", "consumerSecret"),
            ],
        }],
        feature: Some("oauth1"),
        algorithm: Some("signatureMethod"),
        docs: "The keys and tokens that OAuth 1.0 requests are signed with",
        takes: Takes::Key,
        command: None,
    },
    Scheme {
        name: "Digest",
        postman: "digest",
        secrets: &["password"],
        identities: &["username"],
        objects: Objects::Text,
        methods: &[Method {
            name: "digest",
            constructor: "digest",
            args: &[("username", "username"), ("password", "password")],
        }],
        feature: Some("digest"),
        algorithm: None,
        docs: "User name and password for digest authentication",
        takes: Takes::Credential,
        command: None,
    },
    Scheme {
        name: "Hawk",
        postman: "hawk",
        secrets: &["authKey"],
        identities: &["authId"],
        objects: Objects::Text,
        methods: &[Method {
            name: "hawk",
            constructor: "hawk",
            args: &[("id", "authId"), ("key", "authKey")],
        }],
        feature: Some("hawk"),
        algorithm: None,
        docs: "The id and key that Hawk requests are signed with",
        takes: Takes::Credential,
        command: None,
    },
    Scheme {
        name: "AwsV4",
        postman: "awsv4",
        secrets: &["accessKey", "secretKey", "sessionToken"],
        identities: &[],
        objects: Objects::Text,
        methods: &[Method {
            name: "aws_v4",
            constructor: "aws_v4",
            args: &[("access_key", "accessKey"), ("secret_key", "secretKey")],
        }],
        feature: Some("awsv4"),
        algorithm: None,
        docs: "The keys that AWS requests are signed with",
        takes: Takes::Credential,
        command: None,
    },
    Scheme {
        name: "EdgeGrid",
        postman: "edgegrid",
        secrets: &["accessToken", "clientToken", "clientSecret"],
        identities: &[],
        objects: Objects::Text,
        methods: &[Method {
            name: "edge_grid",
            constructor: "edge_grid",
            args: &[
                ("access_token", "accessToken"),
                ("client_token", "clientToken"),
                ("client_secret", "clientSecret"),
            ],
        }],
        feature: Some("edgegrid"),
        algorithm: None,
        docs: "The tokens and secret that Akamai EdgeGrid requests are signed with",
        takes: Takes::Credential,
        command: None,
    },
    Scheme {
        name: "Jwt",
        postman: "jwt",
        secrets: &["secret", "privateKey"],
        identities: &[],
        objects: Objects::Json,
        methods: &[
            Method {
                name: "jwt_secret",
                constructor: "jwt_secret",
                args: &[("secret", "secret")],
            },
            Method {
                name: "jwt_private_key",
                constructor: "jwt_private_key",
                args: &[("private_key", "privateKey")],
            },
        ],
        feature: Some("jwt"),
        algorithm: Some("algorithm"),
        docs: "The secret or private key that tokens are signed with",
        takes: Takes::Key,
        command: None,
    },
    Scheme {
        name: "Asap",
        postman: "asap",
        secrets: &["privateKey"],
        identities: &[],
        objects: Objects::Json,
        methods: &[Method {
            name: "asap",
            constructor: "asap",
            args: &[("private_key", "privateKey")],
        }],
        feature: Some("asap"),
        algorithm: None,
        docs: "The private key that ASAP tokens are signed with",
        takes: Takes::Key,
        command: None,
    },
    Scheme {
        name: "Ntlm",
        postman: "ntlm",
        secrets: &["password"],
        identities: &["username"],
        objects: Objects::Text,
        methods: &[Method {
            name: "ntlm",
            constructor: "ntlm",
            args: &[("username", "username"), ("password", "password")],
        }],
        feature: Some("ntlm"),
        algorithm: None,
        docs: "User name and password for NTLM",
        takes: Takes::Credential,
        command: None,
    },
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn each_scheme_has_names_of_its_own_and_a_credential() {
        let names: BTreeSet<_> = SCHEMES.iter().map(|scheme| scheme.name).collect();
        let postman: BTreeSet<_> = SCHEMES.iter().map(|scheme| scheme.postman).collect();
        assert_eq!((names.len(), postman.len()), (SCHEMES.len(), SCHEMES.len()));
        for scheme in &SCHEMES {
            assert!(!scheme.methods.is_empty(), "{scheme:?}: no method");
            for (_, param) in scheme.methods.iter().flat_map(|method| method.args) {
                assert!(
                    scheme.is_credential(param),
                    "{scheme:?}: {param} would stay in the code"
                );
            }
        }
    }

    #[test]
    fn a_parameter_is_an_argument_of_one_method() {
        let slot = |scheme, param| Scheme::of_postman(scheme).unwrap().slot(param);
        assert_eq!(slot("oauth2", "accessToken"), Some(("bearer_token", 0)));
        assert_eq!(slot("basic", "password"), Some(("basic_auth", 1)));
        assert_eq!(slot("jwt", "privateKey"), Some(("jwt_private_key", 0)));
        assert_eq!(slot("jwt", "algorithm"), None);
        assert_eq!(Scheme::of_postman("noauth"), None);
    }
}
