"""HTML to a sealed PDF that is PDF/UA-1 and PDF/A-3a at once. Knows nothing about agreements.

standby a process that stands ready for a kind of work  (forking)
render  HTML to PDF, in a child process with limits     (child, engine)
        parts of the HTML, laid out and drawn           (book, parts, typesetting, painting, tagger, roles, ...)
        and put together                                (binding, structure, resources, fields, objstm)
check   what is in files of strangers, in such a child  (check_child)
keys    where the seal comes from
issuer  certificates for who signs for a party
own     the key of a party itself                       (module)
seal    puts the seal on a PDF                          (stamp)
clock   the time stamp service
sign    puts a signature in the field of a party        (stamp)
verify  says what every signature in a PDF is worth     (reading)
"""
